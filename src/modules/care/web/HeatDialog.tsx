import { Button, Input, InputNumber, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { post } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField, parseNumber } from '../../../web/ui/FieldInput.tsx'
import { useStock } from './PlanRound.tsx'

const PLACES = ['生产车间', '建筑工地', '户外岗位', '窗口岗位', '安保值守', '其他']
const LEADERS = ['单位领导', '工会主席', '分会主席', '工会委员']
const KINDS = ['食品饮料', '防暑药品', '毛巾洗护', '饮水机', '电风扇', '其他降温设备', '其他']

interface Line {
  kind: string | null
  item: string
  quantity: number | null
  measure: string
  cost: string
  stockItemId: number | null
}
const blank: Line = { kind: null, item: '', quantity: 1, measure: '', cost: '', stockItemId: null }
const named = (values: readonly string[]) => values.map((value) => ({ value, label: value }))

/** Goods brought to a post in the heat, from the store or bought. */
export function HeatDialog({ unitId, close }: { unitId: number; close: () => void }): ReactElement {
  const [onDay, setOnDay] = useState<string | null>(today())
  const [post_, setPost] = useState('')
  const [place, setPlace] = useState<string | null>(null)
  const [ledBy, setLedBy] = useState<string | null>(null)
  const [lines, setLines] = useState<Line[]>([blank])
  const stock = useStock(unitId)
  const change = (at: number, part: Partial<Line>): void =>
    setLines(lines.map((line, index) => (index === at ? { ...line, ...part } : line)))
  return (
    <Dialog
      title="登记高温慰问"
      okText="登记"
      done="已登记；领用的物品已出库。"
      ready={Boolean(onDay && post_.trim() && place && ledBy && lines.every((line) => line.kind && line.item.trim()))}
      close={close}
      work={() =>
        post('/api/care/heat-relief', {
          unitId,
          onDay,
          post: post_,
          place,
          ledBy,
          goods: lines.map((line) => ({
            kind: line.kind,
            item: line.item,
            quantity: line.quantity ?? 0,
            ...(line.measure.trim() && { measure: line.measure }),
            stockItemId: line.stockItemId,
            costFen: line.stockItemId || !line.cost.trim() ? 0 : parseNumber('money', line.cost),
          })),
        })
      }
    >
      {(fields) => (
        <div className="fields">
          <LabelledField id="onDay" label="慰问日期" required error={fields['onDay']}>
            <DateInput id="onDay" label="慰问日期" value={onDay} onChange={setOnDay} />
          </LabelledField>
          <LabelledField id="post" label="慰问岗位（工地）" required error={fields['post']}>
            <Input id="post" maxLength={60} value={post_} onChange={(one) => setPost(one.target.value)} />
          </LabelledField>
          <LabelledField id="place" label="岗位类别" required error={fields['place']}>
            <Select id="place" aria-label="岗位类别" value={place} options={named(PLACES)} onChange={setPlace} />
          </LabelledField>
          <LabelledField id="ledBy" label="带队人" required error={fields['ledBy']}>
            <Select id="ledBy" aria-label="带队人" value={ledBy} options={named(LEADERS)} onChange={setLedBy} />
          </LabelledField>
          {lines.map((line, at) => (
            <fieldset key={at} className="fields whole" style={{ border: 0, padding: 0, margin: 0 }}>
              <LabelledField id={`stock${at}`} label={`物品 ${at + 1}：来源`}>
                <Select
                  id={`stock${at}`}
                  aria-label={`物品 ${at + 1}：来源`}
                  value={line.stockItemId ?? 0}
                  options={[
                    { value: 0, label: '另行购买' },
                    ...(stock.data ?? []).map((item) => ({
                      value: item.id,
                      label: `库存：${item.name}（${item.quantity} ${item.measure}）`,
                    })),
                  ]}
                  onChange={(id) => {
                    const item = stock.data?.find((one) => one.id === id)
                    change(at, {
                      stockItemId: id || null,
                      ...(item && { item: item.name, measure: item.measure }),
                    })
                  }}
                />
              </LabelledField>
              <LabelledField id={`kind${at}`} label="类别" required error={fields[`goods.${at}.kind`]}>
                <Select
                  id={`kind${at}`}
                  aria-label={`物品 ${at + 1}：类别`}
                  value={line.kind}
                  options={named(KINDS)}
                  onChange={(kind) => change(at, { kind })}
                />
              </LabelledField>
              <LabelledField id={`item${at}`} label="名称" required error={fields[`goods.${at}.item`]}>
                <Input
                  id={`item${at}`}
                  maxLength={40}
                  value={line.item}
                  onChange={(one) => change(at, { item: one.target.value })}
                />
              </LabelledField>
              <LabelledField
                id={`quantity${at}`}
                label="数量"
                required
                error={fields[`goods.${at}.quantity`] ?? fields['quantity']}
              >
                <InputNumber
                  id={`quantity${at}`}
                  min={1}
                  value={line.quantity}
                  onChange={(quantity) => change(at, { quantity })}
                />
              </LabelledField>
              {line.stockItemId === null && (
                <LabelledField id={`cost${at}`} label="金额（元）" error={fields[`goods.${at}.costFen`]}>
                  <Input
                    id={`cost${at}`}
                    inputMode="decimal"
                    value={line.cost}
                    onChange={(one) => change(at, { cost: one.target.value })}
                  />
                </LabelledField>
              )}
            </fieldset>
          ))}
          <Button onClick={() => setLines([...lines, blank])}>再加一种</Button>
        </div>
      )}
    </Dialog>
  )
}
