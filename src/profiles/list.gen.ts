/** All profiles, the generic ones first. Written by scripts/generate-profile-list.mjs. */
import type { Profile } from '../model/profile.js'
import { bixolonSrpS300 } from './bixolon/srp-s300.js'
import { citizenCtS651 } from './citizen/ct-s651.js'
import { eposTep200m } from './epos/tep-200m.js'
import { epsonTmL90 } from './epson/tm-l90.js'
import { epsonTmM30iii } from './epson/tm-m30iii.js'
import { epsonTmP80 } from './epson/tm-p80.js'
import { epsonTmP8042col } from './epson/tm-p80-42col.js'
import { epsonTmT20ii } from './epson/tm-t20ii.js'
import { epsonTmT20ii42col } from './epson/tm-t20ii-42col.js'
import { epsonTmT20iii } from './epson/tm-t20iii.js'
import { epsonTmT70 } from './epson/tm-t70.js'
import { epsonTmT70Sa } from './epson/tm-t70-sa.js'
import { epsonTmT70ii } from './epson/tm-t70ii.js'
import { epsonTmT70iiCh } from './epson/tm-t70ii-ch.js'
import { epsonTmT70iiSa } from './epson/tm-t70ii-sa.js'
import { epsonTmT70iiTw } from './epson/tm-t70ii-tw.js'
import { epsonTmT70iiTw58 } from './epson/tm-t70ii-tw-58.js'
import { epsonTmT81 } from './epson/tm-t81.js'
import { epsonTmT81ii } from './epson/tm-t81ii.js'
import { epsonTmT88ii } from './epson/tm-t88ii.js'
import { epsonTmT88iii } from './epson/tm-t88iii.js'
import { epsonTmT88iv } from './epson/tm-t88iv.js'
import { epsonTmT88ivSa } from './epson/tm-t88iv-sa.js'
import { epsonTmT88v } from './epson/tm-t88v.js'
import { epsonTmU220 } from './epson/tm-u220.js'
import { epsonTmU220b } from './epson/tm-u220b.js'
import { generic58 } from './generic-58.js'
import { generic58Gb18030 } from './generic-58-gb18030.js'
import { generic58Latin } from './generic-58-latin.js'
import { generic80 } from './generic-80.js'
import { generic80Gb18030 } from './generic-80-gb18030.js'
import { generic80Latin } from './generic-80-latin.js'
import { genericQ583p } from './generic-q583p.js'
import { genericSpPos88v } from './generic-sp-pos88v.js'
import { gprinterGp58mbiii } from './gprinter/gp-58mbiii.js'
import { gprinterGpH80300 } from './gprinter/gp-h80300.js'
import { gprinterGpL80160 } from './gprinter/gp-l80160.js'
import { hoinHopE58 } from './hoin/hop-e58.js'
import { hoinPos5802ld } from './hoin/pos-5802ld.js'
import { hprtHmE200 } from './hprt/hm-e200.js'
import { hprtTp809 } from './hprt/tp809.js'
import { hprtTp80k } from './hprt/tp80k.js'
import { kefarKr306 } from './kefar/kr-306.js'
import { metapaceT1 } from './metapace/t-1.js'
import { munbynItpp047 } from './munbyn/itpp047.js'
import { netumG5 } from './netum/g5.js'
import { netumNt5890k } from './netum/nt-5890k.js'
import { netumNt80VUl } from './netum/nt-80-v-ul.js'
import { pbmP822d } from './pbm/p822d.js'
import { rongtaRp326 } from './rongta/rp326.js'
import { rongtaRp332 } from './rongta/rp332.js'
import { safe58 } from './safe-58.js'
import { safe80 } from './safe-80.js'
import { seikoRpF10 } from './seiko/rp-f10.js'
import { seikoRpF1058 } from './seiko/rp-f10-58.js'
import { snbcBtpR880npiii } from './snbc/btp-r880npiii.js'
import { starTsp600 } from './star/tsp600.js'
import { starTsp800 } from './star/tsp800.js'
import { starTup500 } from './star/tup500.js'
import { sunmiCloud58 } from './sunmi/cloud-58.js'
import { sunmiCloud80 } from './sunmi/cloud-80.js'
import { sunmiV2 } from './sunmi/v2.js'
import { sureprintSp91 } from './sureprint/sp91.js'
import { wincorTh230 } from './wincor/th230.js'
import { wincorTh230plus } from './wincor/th230plus.js'
import { xprinterXp300 } from './xprinter/xp-300.js'
import { xprinterXp58 } from './xprinter/xp-58.js'
import { xprinterXp80c } from './xprinter/xp-80c.js'
import { xprinterXpC2008 } from './xprinter/xp-c2008.js'
import { xprinterXpT58h } from './xprinter/xp-t58h.js'
import { yuhengdaYhd8390 } from './yuhengda/yhd-8390.js'
import { zjiangPos5802dd } from './zjiang/pos-5802dd.js'
import { zjiangPos5890 } from './zjiang/pos-5890.js'
import { zjiangZj5870 } from './zjiang/zj-5870.js'

export const profiles: readonly Profile[] = [
  generic58,
  generic58Gb18030,
  generic58Latin,
  generic80,
  generic80Gb18030,
  generic80Latin,
  safe58,
  safe80,
  bixolonSrpS300,
  citizenCtS651,
  eposTep200m,
  epsonTmL90,
  epsonTmM30iii,
  epsonTmP80,
  epsonTmP8042col,
  epsonTmT20ii,
  epsonTmT20ii42col,
  epsonTmT20iii,
  epsonTmT70,
  epsonTmT70Sa,
  epsonTmT70ii,
  epsonTmT70iiCh,
  epsonTmT70iiSa,
  epsonTmT70iiTw,
  epsonTmT70iiTw58,
  epsonTmT81,
  epsonTmT81ii,
  epsonTmT88ii,
  epsonTmT88iii,
  epsonTmT88iv,
  epsonTmT88ivSa,
  epsonTmT88v,
  epsonTmU220,
  epsonTmU220b,
  genericQ583p,
  genericSpPos88v,
  gprinterGp58mbiii,
  gprinterGpH80300,
  gprinterGpL80160,
  hoinHopE58,
  hoinPos5802ld,
  hprtHmE200,
  hprtTp809,
  hprtTp80k,
  kefarKr306,
  metapaceT1,
  munbynItpp047,
  netumG5,
  netumNt5890k,
  netumNt80VUl,
  pbmP822d,
  rongtaRp326,
  rongtaRp332,
  seikoRpF10,
  seikoRpF1058,
  snbcBtpR880npiii,
  starTsp600,
  starTsp800,
  starTup500,
  sunmiCloud58,
  sunmiCloud80,
  sunmiV2,
  sureprintSp91,
  wincorTh230,
  wincorTh230plus,
  xprinterXp300,
  xprinterXp58,
  xprinterXp80c,
  xprinterXpC2008,
  xprinterXpT58h,
  yuhengdaYhd8390,
  zjiangPos5802dd,
  zjiangPos5890,
  zjiangZj5870,
]
