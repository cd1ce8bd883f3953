import { useQuery } from '@tanstack/react-query'
import { Input, InputNumber, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { DateInput, LabelledField, parseNumber } from '../../../web/ui/FieldInput.tsx'
import { ROLLS } from '../../members/words.ts'
import { BIRTHDAY_FORMS, FESTIVALS, SOURCES } from '../words.ts'

export interface StockRow {
  id: number
  name: string
  measure: string
  quantity: number
}
export const useStock = (unitId: number) =>
  useQuery({
    queryKey: ['care-stock', unitId],
    queryFn: () => get<{ items: StockRow[] }>('/api/care/stock', { unitId }).then((answer) => answer.items),
  })

const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

/** What is handed to whom, from when, out of what. */
export function PlanRound({ unitId, close }: { unitId: number; close: () => void }): ReactElement {
  const [kind, setKind] = useState<'festival' | 'birthday'>('festival')
  const [occasion, setOccasion] = useState<string | null>(null)
  const [title, setTitle] = useState('')
  const [roll, setRoll] = useState<string>('all')
  const [gift, setGift] = useState('')
  const [value, setValue] = useState('')
  const [startOn, setStartOn] = useState<string | null>(today())
  const [untilOn, setUntilOn] = useState<string | null>(null)
  const [place, setPlace] = useState('')
  const [source, setSource] = useState<keyof typeof SOURCES>('bought')
  const [supplier, setSupplier] = useState('')
  const [stockItemId, setStockItemId] = useState<number | null>(null)
  const [perPerson, setPerPerson] = useState<number | null>(1)
  const stock = useStock(unitId)
  const occasions = kind === 'festival' ? FESTIVALS : BIRTHDAY_FORMS
  return (
    <Dialog
      title="拟定发放"
      okText="生成名单"
      done="名单已生成。"
      ready={Boolean(occasion && title.trim() && gift.trim() && startOn && untilOn && place.trim())}
      close={close}
      work={() =>
        post('/api/care/rounds', {
          unitId,
          kind,
          occasion,
          title,
          roll,
          gift,
          valueFen: value.trim() ? parseNumber('money', value) : 0,
          startOn,
          untilOn,
          place,
          source,
          perPerson: perPerson ?? 1,
          ...(source === 'request' && { supplier }),
          ...(source === 'stock' && { stockItemId }),
        })
      }
    >
      {(fields) => (
        <div className="fields">
          <LabelledField id="kind" label="种类" required error={fields['kind']}>
            <Select
              id="kind"
              aria-label="种类"
              value={kind}
              options={[
                { value: 'festival', label: '节日慰问' },
                { value: 'birthday', label: '生日慰问' },
              ]}
              onChange={(one) => {
                setKind(one)
                setOccasion(null)
                setRoll(one === 'birthday' ? 'birthday' : 'all')
              }}
            />
          </LabelledField>
          <LabelledField
            id="occasion"
            label={kind === 'festival' ? '节日' : '形式'}
            required
            error={fields['occasion']}
          >
            <Select
              id="occasion"
              aria-label={kind === 'festival' ? '节日' : '形式'}
              placeholder="请选择"
              value={occasion}
              options={occasions.map((one) => ({ value: one, label: one }))}
              onChange={setOccasion}
            />
          </LabelledField>
          <LabelledField id="title" label="活动名称" required error={fields['title']}>
            <Input
              id="title"
              maxLength={60}
              placeholder="例如 春节慰问"
              value={title}
              onChange={(one) => setTitle(one.target.value)}
            />
          </LabelledField>
          <LabelledField id="roll" label="发放范围" required error={fields['roll']}>
            <Select
              id="roll"
              aria-label="发放范围"
              value={roll}
              options={options(ROLLS).filter((one) =>
                kind === 'birthday' ? one.value === 'birthday' : !['birthday', 'listed'].includes(one.value),
              )}
              onChange={setRoll}
            />
          </LabelledField>
          <LabelledField id="gift" label="慰问品" required error={fields['gift']}>
            <Input
              id="gift"
              maxLength={80}
              placeholder="例如 大米一袋"
              value={gift}
              onChange={(one) => setGift(one.target.value)}
            />
          </LabelledField>
          <LabelledField id="valueFen" label="每份金额（元）" error={fields['valueFen']}>
            <Input id="valueFen" inputMode="decimal" value={value} onChange={(one) => setValue(one.target.value)} />
          </LabelledField>
          <LabelledField id="startOn" label="开始日期" required error={fields['startOn']}>
            <DateInput id="startOn" label="开始日期" value={startOn} onChange={setStartOn} />
          </LabelledField>
          <LabelledField id="untilOn" label="截止日期" required error={fields['untilOn']}>
            <DateInput id="untilOn" label="截止日期" value={untilOn} onChange={setUntilOn} />
          </LabelledField>
          <LabelledField id="place" label="领取地点" required error={fields['place']}>
            <Input id="place" maxLength={60} value={place} onChange={(one) => setPlace(one.target.value)} />
          </LabelledField>
          <LabelledField id="source" label="慰问品来源" required error={fields['source']}>
            <Select
              id="source"
              aria-label="慰问品来源"
              value={source}
              options={options(SOURCES)}
              onChange={setSource}
            />
          </LabelledField>
          {source === 'request' && (
            <LabelledField id="supplier" label="供应商" required error={fields['supplier']}>
              <Input id="supplier" maxLength={100} value={supplier} onChange={(one) => setSupplier(one.target.value)} />
            </LabelledField>
          )}
          {source === 'stock' && (
            <>
              <LabelledField id="stockItemId" label="库存物品" required error={fields['stockItemId']}>
                <Select
                  id="stockItemId"
                  aria-label="库存物品"
                  placeholder={stock.data?.length === 0 ? '库里没有物品' : '请选择'}
                  value={stockItemId}
                  options={(stock.data ?? []).map((item) => ({
                    value: item.id,
                    label: `${item.name}（${item.quantity} ${item.measure}）`,
                  }))}
                  onChange={setStockItemId}
                />
              </LabelledField>
              <LabelledField id="perPerson" label="每人数量" required error={fields['perPerson']}>
                <InputNumber id="perPerson" min={1} max={1000} value={perPerson} onChange={setPerPerson} />
              </LabelledField>
            </>
          )}
        </div>
      )}
    </Dialog>
  )
}
