/** The bill of the four ways of writing, in JSX. `sale.ts` has it in builders, `bill.json` and `bill.receipt.yaml` as data. */

export interface Sale {
  readonly shop: string
  readonly table: string
  readonly member: boolean
  readonly items: readonly { readonly name: string; readonly qty: number; readonly sum: string }[]
  readonly total: string
  readonly code: string
}

function Heading({ shop, children }: { readonly shop: string; readonly children?: string }) {
  return (
    <>
      <text size={2} bold align="center">
        {shop}
      </text>
      {children !== undefined && <text align="center">{children}</text>}
    </>
  )
}

function Items({ items }: Pick<Sale, 'items'>) {
  return (
    <columns
      columns={[
        { width: '1fr' },
        { width: 'auto', align: 'right' },
        { width: 8, align: 'decimal' },
      ]}
      rules={['header', 'footer']}
    >
      <header>
        <td>品名</td>
        <td>数量</td>
        <td>金额</td>
      </header>
      {items.map(({ name, qty, sum }) => (
        <tr key={name}>
          <td>{name}</td>
          <td>{qty}</td>
          <td>{sum}</td>
        </tr>
      ))}
      <footer>
        <td bold span={2}>
          合计
        </td>
        <td bold>68.00</td>
      </footer>
    </columns>
  )
}

export function Bill({ sale }: { readonly sale: Sale }) {
  return (
    <receipt title="结账单">
      <Heading shop={sale.shop}>人民路店</Heading>
      <rule char="=">结账单</rule>
      <field label={`桌台 ${sale.table}`} value="堂食" />
      <Items items={sale.items} />
      {sale.member ? (
        <text>
          会员 <span inverse>金卡</span> 已享优惠
        </text>
      ) : null}
      {false}
      <field
        label="应收"
        value={
          <>
            ￥<span bold>{sale.total}</span>
          </>
        }
        leader="."
      />
      <rule line="dashed" thickness={3} />
      <box title="堂食" border="double">
        <field label="桌号" value={sale.table} />
        <text margin={{ top: 4 }}>
          原价 <span strike>88.00</span>
        </text>
      </box>
      <row gap={2}>
        <cell width={14}>
          <qr data={sale.code} module={4} />
        </cell>
        <cell valign="middle">
          <text font="small">扫码评价</text>
        </cell>
      </row>
      <banner fill="inverse">谢谢 {sale.shop}</banner>
      <group align="center">
        <qr data={sale.code} module={6} level="Q" caption="扫码开发票" />
      </group>
      <feed lines={2} />
      <cut mode="partial" />
    </receipt>
  )
}

/** The same sale on labels, one for each dish. */
export function Tags({ sale }: { readonly sale: Sale }) {
  return (
    <receipt page={{ heightMm: 30, widthMm: 40, gapMm: 2 }}>
      {sale.items.map(({ name, sum }) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: it is a label of paper, not of a form
        <label valign="middle" fit key={name}>
          <text size={2}>{name}</text>
          <text at={{ xMm: 24, yMm: 25 }}>{`￥${sum}`}</text>
        </label>
      ))}
      <cut />
    </receipt>
  )
}
