/** All profiles, the generic ones first. Written by scripts/generate-profile-list.mjs. */
import type { Profile } from '../model/profile.js'
import { bixolonSrp350iii } from './bixolon/srp-350iii.js'
import { bixolonSrp350plusiii } from './bixolon/srp-350plusiii.js'
import { bixolonSrp352plusiii } from './bixolon/srp-352plusiii.js'
import { bixolonSrpS300 } from './bixolon/srp-s300.js'
import { citaqCteRp80 } from './citaq/cte-rp80.js'
import { citizenCtE651 } from './citizen/ct-e651.js'
import { citizenCtS310ii } from './citizen/ct-s310ii.js'
import { citizenCtS651 } from './citizen/ct-s651.js'
import { eposTep200m } from './epos/tep-200m.js'
import { epsonTmL90 } from './epson/tm-l90.js'
import { epsonTmM30ii } from './epson/tm-m30ii.js'
import { epsonTmM30iii } from './epson/tm-m30iii.js'
import { epsonTmM50 } from './epson/tm-m50.js'
import { epsonTmP20ii } from './epson/tm-p20ii.js'
import { epsonTmP80 } from './epson/tm-p80.js'
import { epsonTmP8042col } from './epson/tm-p80-42col.js'
import { epsonTmT20 } from './epson/tm-t20.js'
import { epsonTmT20ii } from './epson/tm-t20ii.js'
import { epsonTmT20ii42col } from './epson/tm-t20ii-42col.js'
import { epsonTmT20iii } from './epson/tm-t20iii.js'
import { epsonTmT20iv } from './epson/tm-t20iv.js'
import { epsonTmT70 } from './epson/tm-t70.js'
import { epsonTmT70Sa } from './epson/tm-t70-sa.js'
import { epsonTmT70ii } from './epson/tm-t70ii.js'
import { epsonTmT70iiCh } from './epson/tm-t70ii-ch.js'
import { epsonTmT70iiSa } from './epson/tm-t70ii-sa.js'
import { epsonTmT70iiTw } from './epson/tm-t70ii-tw.js'
import { epsonTmT70iiTw58 } from './epson/tm-t70ii-tw-58.js'
import { epsonTmT81 } from './epson/tm-t81.js'
import { epsonTmT81ii } from './epson/tm-t81ii.js'
import { epsonTmT81iii } from './epson/tm-t81iii.js'
import { epsonTmT82ii } from './epson/tm-t82ii.js'
import { epsonTmT82iii } from './epson/tm-t82iii.js'
import { epsonTmT82x } from './epson/tm-t82x.js'
import { epsonTmT83iii } from './epson/tm-t83iii.js'
import { epsonTmT88ii } from './epson/tm-t88ii.js'
import { epsonTmT88iii } from './epson/tm-t88iii.js'
import { epsonTmT88iv } from './epson/tm-t88iv.js'
import { epsonTmT88ivSa } from './epson/tm-t88iv-sa.js'
import { epsonTmT88v } from './epson/tm-t88v.js'
import { epsonTmT88vi } from './epson/tm-t88vi.js'
import { epsonTmT88vii } from './epson/tm-t88vii.js'
import { epsonTmT90 } from './epson/tm-t90.js'
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
import { gprinterGp58130 } from './gprinter/gp-58130.js'
import { gprinterGp5890x } from './gprinter/gp-5890x.js'
import { gprinterGp58mbiii } from './gprinter/gp-58mbiii.js'
import { gprinterGp58miii } from './gprinter/gp-58miii.js'
import { gprinterGp80160 } from './gprinter/gp-80160.js'
import { gprinterGpC80180 } from './gprinter/gp-c80180.js'
import { gprinterGpC80250 } from './gprinter/gp-c80250.js'
import { gprinterGpH80300 } from './gprinter/gp-h80300.js'
import { gprinterGpL80160 } from './gprinter/gp-l80160.js'
import { gprinterGpL80180 } from './gprinter/gp-l80180.js'
import { gprinterGpL80250 } from './gprinter/gp-l80250.js'
import { gprinterGpSh584 } from './gprinter/gp-sh584.js'
import { gprinterGpU80160 } from './gprinter/gp-u80160.js'
import { gprinterGpU80300 } from './gprinter/gp-u80300.js'
import { hoinHopE58 } from './hoin/hop-e58.js'
import { hoinPos5802ld } from './hoin/pos-5802ld.js'
import { hprtHmE200 } from './hprt/hm-e200.js'
import { hprtTp805 } from './hprt/tp805.js'
import { hprtTp806 } from './hprt/tp806.js'
import { hprtTp808 } from './hprt/tp808.js'
import { hprtTp809 } from './hprt/tp809.js'
import { hprtTp80k } from './hprt/tp80k.js'
import { jolimarkTp820 } from './jolimark/tp820.js'
import { jolimarkTp850 } from './jolimark/tp850.js'
import { kefarKr306 } from './kefar/kr-306.js'
import { metapaceT1 } from './metapace/t-1.js'
import { munbynItpp047 } from './munbyn/itpp047.js'
import { netumG5 } from './netum/g5.js'
import { netumNt5890k } from './netum/nt-5890k.js'
import { netumNt80VUl } from './netum/nt-80-v-ul.js'
import { pbmP822d } from './pbm/p822d.js'
import { rongtaRp325 } from './rongta/rp325.js'
import { rongtaRp326 } from './rongta/rp326.js'
import { rongtaRp332 } from './rongta/rp332.js'
import { rongtaRp58 } from './rongta/rp58.js'
import { rongtaRp80 } from './rongta/rp80.js'
import { safe58 } from './safe-58.js'
import { safe80 } from './safe-80.js'
import { seikoRpF10 } from './seiko/rp-f10.js'
import { seikoRpF1058 } from './seiko/rp-f10-58.js'
import { snbcBtp2002cp } from './snbc/btp-2002cp.js'
import { snbcBtp98np } from './snbc/btp-98np.js'
import { snbcBtpR180ii } from './snbc/btp-r180ii.js'
import { snbcBtpR580ii } from './snbc/btp-r580ii.js'
import { snbcBtpR880np } from './snbc/btp-r880np.js'
import { snbcBtpR880npiii } from './snbc/btp-r880npiii.js'
import { snbcBtpU80 } from './snbc/btp-u80.js'
import { sprtSpPos58iii } from './sprt/sp-pos58iii.js'
import { sprtSpPos58iv } from './sprt/sp-pos58iv.js'
import { sprtSpPos88iii } from './sprt/sp-pos88iii.js'
import { sprtSpPos891 } from './sprt/sp-pos891.js'
import { starMcPrint3 } from './star/mc-print3.js'
import { starTsp600 } from './star/tsp600.js'
import { starTsp800 } from './star/tsp800.js'
import { starTup500 } from './star/tup500.js'
import { sunmiCloud58 } from './sunmi/cloud-58.js'
import { sunmiCloud80 } from './sunmi/cloud-80.js'
import { sunmiNt311 } from './sunmi/nt311.js'
import { sunmiP2se } from './sunmi/p2se.js'
import { sunmiP3h } from './sunmi/p3h.js'
import { sunmiP3kh } from './sunmi/p3kh.js'
import { sunmiP3mix } from './sunmi/p3mix.js'
import { sunmiT2 } from './sunmi/t2.js'
import { sunmiV2 } from './sunmi/v2.js'
import { sunmiV2s } from './sunmi/v2s.js'
import { sureprintSp91 } from './sureprint/sp91.js'
import { wincorTh230 } from './wincor/th230.js'
import { wincorTh230plus } from './wincor/th230plus.js'
import { xprinterXp300 } from './xprinter/xp-300.js'
import { xprinterXp58 } from './xprinter/xp-58.js'
import { xprinterXp80c } from './xprinter/xp-80c.js'
import { xprinterXpC2008 } from './xprinter/xp-c2008.js'
import { xprinterXpC260 } from './xprinter/xp-c260.js'
import { xprinterXpC300h } from './xprinter/xp-c300h.js'
import { xprinterXpN160ii } from './xprinter/xp-n160ii.js'
import { xprinterXpQ200 } from './xprinter/xp-q200.js'
import { xprinterXpT58h } from './xprinter/xp-t58h.js'
import { xprinterXpT80q } from './xprinter/xp-t80q.js'
import { youku58t } from './youku/58t.js'
import { yuhengdaYhd8390 } from './yuhengda/yhd-8390.js'
import { zjiangPos5802dd } from './zjiang/pos-5802dd.js'
import { zjiangPos5890 } from './zjiang/pos-5890.js'
import { zjiangPos8360 } from './zjiang/pos-8360.js'
import { zjiangZj5870 } from './zjiang/zj-5870.js'
import { zonerichAb58 } from './zonerich/ab-58.js'
import { zonerichAb88 } from './zonerich/ab-88.js'

export const profiles: readonly Profile[] = [
  generic58,
  generic58Gb18030,
  generic58Latin,
  generic80,
  generic80Gb18030,
  generic80Latin,
  safe58,
  safe80,
  bixolonSrp350iii,
  bixolonSrp350plusiii,
  bixolonSrp352plusiii,
  bixolonSrpS300,
  citaqCteRp80,
  citizenCtE651,
  citizenCtS310ii,
  citizenCtS651,
  eposTep200m,
  epsonTmL90,
  epsonTmM30ii,
  epsonTmM30iii,
  epsonTmM50,
  epsonTmP20ii,
  epsonTmP80,
  epsonTmP8042col,
  epsonTmT20,
  epsonTmT20ii,
  epsonTmT20ii42col,
  epsonTmT20iii,
  epsonTmT20iv,
  epsonTmT70,
  epsonTmT70Sa,
  epsonTmT70ii,
  epsonTmT70iiCh,
  epsonTmT70iiSa,
  epsonTmT70iiTw,
  epsonTmT70iiTw58,
  epsonTmT81,
  epsonTmT81ii,
  epsonTmT81iii,
  epsonTmT82ii,
  epsonTmT82iii,
  epsonTmT82x,
  epsonTmT83iii,
  epsonTmT88ii,
  epsonTmT88iii,
  epsonTmT88iv,
  epsonTmT88ivSa,
  epsonTmT88v,
  epsonTmT88vi,
  epsonTmT88vii,
  epsonTmT90,
  epsonTmU220,
  epsonTmU220b,
  genericQ583p,
  genericSpPos88v,
  gprinterGp58130,
  gprinterGp5890x,
  gprinterGp58mbiii,
  gprinterGp58miii,
  gprinterGp80160,
  gprinterGpC80180,
  gprinterGpC80250,
  gprinterGpH80300,
  gprinterGpL80160,
  gprinterGpL80180,
  gprinterGpL80250,
  gprinterGpSh584,
  gprinterGpU80160,
  gprinterGpU80300,
  hoinHopE58,
  hoinPos5802ld,
  hprtHmE200,
  hprtTp805,
  hprtTp806,
  hprtTp808,
  hprtTp809,
  hprtTp80k,
  jolimarkTp820,
  jolimarkTp850,
  kefarKr306,
  metapaceT1,
  munbynItpp047,
  netumG5,
  netumNt5890k,
  netumNt80VUl,
  pbmP822d,
  rongtaRp325,
  rongtaRp326,
  rongtaRp332,
  rongtaRp58,
  rongtaRp80,
  seikoRpF10,
  seikoRpF1058,
  snbcBtp2002cp,
  snbcBtp98np,
  snbcBtpR180ii,
  snbcBtpR580ii,
  snbcBtpR880np,
  snbcBtpR880npiii,
  snbcBtpU80,
  sprtSpPos58iii,
  sprtSpPos58iv,
  sprtSpPos88iii,
  sprtSpPos891,
  starMcPrint3,
  starTsp600,
  starTsp800,
  starTup500,
  sunmiCloud58,
  sunmiCloud80,
  sunmiNt311,
  sunmiP2se,
  sunmiP3h,
  sunmiP3kh,
  sunmiP3mix,
  sunmiT2,
  sunmiV2,
  sunmiV2s,
  sureprintSp91,
  wincorTh230,
  wincorTh230plus,
  xprinterXp300,
  xprinterXp58,
  xprinterXp80c,
  xprinterXpC2008,
  xprinterXpC260,
  xprinterXpC300h,
  xprinterXpN160ii,
  xprinterXpQ200,
  xprinterXpT58h,
  xprinterXpT80q,
  youku58t,
  yuhengdaYhd8390,
  zjiangPos5802dd,
  zjiangPos5890,
  zjiangPos8360,
  zjiangZj5870,
  zonerichAb58,
  zonerichAb88,
]
