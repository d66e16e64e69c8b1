/** Writes `fixtures/receipts/supermarket.data.json`: a basket of 120 lines of an example shop, the same at every run. */
import { writeFileSync } from 'node:fs'

/** Name, sizes, and price of the first size in fen. Each size is an article that costs half as much again as the one before. */
const packed = [
  ['鲜牛奶', '250ml 950ml', 650],
  ['原味酸奶', '100g×4 100g×8', 1090],
  ['土鸡蛋', '10枚 30枚', 1280],
  ['全麦切片面包', '400g 800g', 990],
  ['东北大米', '2.5kg 5kg', 2180],
  ['特级初榨橄榄油', '500ml 750ml', 6900],
  ['压榨花生油', '1.8L 5L', 4290],
  ['酿造酱油(特级)', '500ml 1L', 1250],
  ['香醋', '350ml 550ml', 590],
  ['绵白糖', '500g 1kg', 480],
  ['精制碘盐', '250g 400g', 180],
  ['鸡蛋挂面', '500g 1kg', 690],
  ['速冻三鲜水饺', '500g 1kg', 1390],
  ['盒装豆腐', '350g 2×350g', 350],
  ['矿泉水', '550ml 550ml×24', 200],
  ['乌龙茶饮料', '500ml 1.25L', 450],
  ['精酿小麦啤酒', '330ml 330ml×6', 990],
  ['苏打饼干(海盐芝士味)', '190g 380g', 780],
  ['每日坚果', '175g 750g礼盒装', 3990],
  ['黑巧克力72%', '80g 160g', 1580],
  ['抽纸3层', '120抽×3包 120抽×10包', 1190],
  ['洗洁精', '500g 1.5kg', 790],
  ['洗衣液(薰衣草香)', '2kg 3kg补充装', 2990],
  ['薄荷牙膏', '90g 140g', 980],
  ['保鲜袋', '小号150只 中号100只', 690],
  ['五号碱性电池', '4粒 8粒', 1190],
  ['猫粮(全价成猫)', '1.5kg 3kg', 5990],
  ['一次性手套', '50只 100只', 590],
  ['冻干咖啡', '8颗装 24颗装', 3990],
  ['燕麦片(无糖)', '500g 1kg', 1590],
  ['番茄沙司', '250g 500g', 790],
  ['火锅底料(中辣)', '150g 300g', 990],
  ['榨菜丝', '70g×5 70g×10', 890],
  ['老式蛋糕', '300g 600g', 1290],
  ['雪糕(红豆)', '75g 75g×5', 350],
  ['陈皮话梅', '100g 220g', 890],
  ['即食海苔', '12g×3 12g×10', 1180],
  ['女士袜', '1双 3双装', 990],
  ['毛巾(纯棉)', '1条 2条装', 1590],
  ['垃圾袋(加厚)', '30只 100只', 890],
]

/** Sold by weight: name and price of a kilogram in fen. */
const weighed = [
  ['红富士苹果', 998],
  ['进口香蕉', 798],
  ['阳光玫瑰葡萄', 3980],
  ['西红柿', 598],
  ['土豆', 398],
  ['上海青', 698],
  ['水果黄瓜', 1180],
  ['铁棍山药', 1580],
  ['白玉菇', 1990],
  ['五花肉(冷鲜)', 3580],
  ['鸡胸肉', 2280],
  ['肥牛卷', 8980],
  ['活鲈鱼', 4580],
  ['基围虾(活)', 9960],
  ['带鱼段', 3980],
  ['散装核桃仁', 7980],
  ['花椒', 11800],
  ['卤牛腱(熟食)', 12800],
  ['手工馒头', 980],
  ['散装绿豆', 1280],
]

const articles = [
  ...packed.flatMap(([name, sizes, fen]) =>
    sizes.split(' ').map((size, i) => ({
      name: `${name}${size}`,
      priceFen: Math.round((fen * 1.5 ** i) / 10) * 10,
    })),
  ),
  ...weighed.flatMap(([name, priceFen]) => [
    { name, priceFen, weighed: true },
    { name: `${name}(特价)`, priceFen: Math.round(priceFen * 0.08) * 10, weighed: true },
  ]),
]

let state = 20261123
function below(limit) {
  state = (state * 1103515245 + 12345) % 2147483648
  return Math.floor((state / 2147483648) * limit)
}

/** Makes an EAN-13 in the range that shops assign themselves, so that it belongs to no real product. */
function articleNumber(index) {
  const digits = `20${String(((index + 1) * 79193) % 10_000_000_000).padStart(10, '0')}`
  let sum = 0
  for (let i = 0; i < 12; i++) sum += Number(digits[i]) * (i % 2 === 0 ? 1 : 3)
  return digits + ((10 - (sum % 10)) % 10)
}

const items = articles
  .map((article, index) => ({ ...article, code: articleNumber(index), order: below(1e6) }))
  .sort((a, b) => a.order - b.order)
  .map(({ name, code, priceFen, weighed }) => {
    const grams = weighed ? 180 + below(1800) : 0
    const count = 1 + (below(4) === 0 ? below(5) : 0)
    const amountFen = weighed ? Math.round((priceFen * grams) / 1000) : priceFen * count
    const quantity = weighed ? (grams / 1000).toFixed(3) : String(count)
    const savedFen = below(10) === 0 ? -Math.ceil(amountFen / 10) : 0
    return { name, code, priceFen, quantity, amountFen, ...(savedFen < 0 ? { savedFen } : {}) }
  })

const sum = (values) => values.reduce((total, value) => total + value, 0)
const totalFen = sum(items.map(({ amountFen }) => amountFen))
const savedFen = sum(items.map((item) => item.savedFen ?? 0))
const pieces = sum(items.map(({ quantity }) => (quantity.includes('.') ? 1 : Number(quantity))))
const couponFen = -2000
const dueFen = totalFen + savedFen + couponFen
const cardFen = 50000

const data = {
  shop: {
    name: '小满生活超市',
    branch: '锦绣店',
    address: '示例市人民路90号地下一层',
    phone: '010-5550166',
  },
  serial: '0012-03-20261123-0457',
  register: '03',
  cashier: '1024',
  time: '2026-11-23T19:31:08+08:00',
  items,
  lines: items.length,
  pieces,
  totalFen,
  savedFen,
  couponFen,
  dueFen,
  payments: [
    { name: '购物卡', number: '6688000123450012', amountFen: cardFen },
    { name: '微信支付', amountFen: dueFen - cardFen },
  ],
  member: { card: '8860012300456789', points: Math.floor(dueFen / 100), balance: 5120 },
  invoiceUrl: 'https://example.com/fp?s=0012-03-20261123-0457&k=2b6c1f',
}

writeFileSync(
  new URL('../fixtures/receipts/supermarket.data.json', import.meta.url),
  `${JSON.stringify(data, null, 2)}\n`,
)
