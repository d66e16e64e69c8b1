/** The makers of receipt printers: the words that they are sold under, and the shape of their models' names. */

export interface Maker {
  /** The vendor's name in the profiles. */
  readonly vendor: string
  /** Brand names in lower case, Chinese ones too. */
  readonly words: readonly string[]
  /** The beginning of a model's name, without blanks and hyphens. */
  readonly models?: RegExp
}

export const makers: readonly Maker[] = [
  { vendor: 'Xprinter', words: ['芯烨', '芯燁', 'xprinter', 'x-printer'], models: /^xp[a-z]?\d/ },
  { vendor: 'Gprinter', words: ['佳博', 'gprinter', 'gainscha'], models: /^gp[a-z]{0,2}\d/ },
  { vendor: 'Sunmi', words: ['商米', 'sunmi'] },
  { vendor: 'HPRT', words: ['汉印', '漢印', 'hprt'], models: /^(tp80|hm[a-z]\d)/ },
  { vendor: 'Rongta', words: ['容大', 'rongta'], models: /^rp\d/ },
  { vendor: 'Jolimark', words: ['映美', 'jolimark'], models: /^tp8[25]0/ },
  { vendor: 'SNBC', words: ['新北洋', '北洋', 'snbc'], models: /^btp/ },
  { vendor: 'SPRT', words: ['思普瑞特', 'sprt'], models: /^sp(pos|rm)/ },
  { vendor: 'Zonerich', words: ['中崎', 'zonerich'], models: /^ab[t]?\d/ },
  { vendor: 'Zjiang', words: ['资江', 'zjiang', 'zijiang'], models: /^zj\d/ },
  { vendor: 'Epson', words: ['爱普生', '愛普生', 'epson'], models: /^tm[a-z]\d/ },
  { vendor: 'Star Micronics', words: ['star micronics', 'star'], models: /^(tsp|mcprint|tup)/ },
  { vendor: 'Bixolon', words: ['bixolon'], models: /^srp/ },
  { vendor: 'Citizen', words: ['西铁城', 'citizen'], models: /^ct[sde]\d/ },
]

export interface OtherPrinter {
  /** Matches the typed name in lower case, without hyphens and blanks. */
  readonly names: RegExp
  /** A sentence that says what to do instead. */
  readonly advice: string
}

const LABELS =
  'it is sold as a label printer, which speak TSPL and not ESC/POS when they leave the factory; one that was switched to ESC/POS begins with generic-58 or generic-80'
const CLOUD =
  "it takes tags from its maker's cloud, and no ESC/POS by a cable or the network; if it has a port, try generic-58"
const TERMINAL =
  'it prints through the library of its maker on the terminal, and takes no bytes of ESC/POS'
const STAR =
  "it speaks Star's own commands, and not ESC/POS, when it leaves the factory; of this maker star-mc-print3 can be switched to ESC/POS"
const UNREADABLE =
  'no public source states what its receipt printers do: begin with generic-58 or generic-80 and print the test page'

/** Printers that users ask for although they lack a profile, with the reason. */
export const otherPrinters: readonly OtherPrinter[] = [
  {
    names:
      /gp(2120|3120|3150|1324|1134|1124)|xp[a-z]?\d{3}b$|(汉印|hprt)?n41|启锐|qirui|德佟|dtprinter/,
    advice: LABELS,
  },
  { names: /mt800/, advice: 'it is a portable printer of A4 pages, and no receipt printer' },
  { names: /飞鹅|feie|易联云|yilianyun|优声云|佳博云|芯烨云|映美云/, advice: CLOUD },
  { names: /新大陆|newland|联迪|landi|拉卡拉|lakala|zkc/, advice: TERMINAL },
  { names: /tsp(100|143|650)|mcprint2|mpop|sml200/, advice: STAR },
  { names: /得力|deli|浩顺|hysoon|商鹏/, advice: UNREADABLE },
]
