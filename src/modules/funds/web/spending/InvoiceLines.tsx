import { Button, Input } from 'antd'
import type { ReactElement } from 'react'
import { field } from '../../../../kernel/register/declaration.ts'
import { FieldInput, LabelledField } from '../../../../web/ui/FieldInput.tsx'

export interface InvoiceDraft {
  number: string
  amountFen: unknown
  seller: string | null
}

const amount = field.money('amountFen', '发票金额（元）', { required: true })

/** Numbers and amounts of the invoices; one that was used before is refused at its number. */
export function InvoiceLines({
  invoices,
  change,
  faults,
}: {
  invoices: readonly InvoiceDraft[]
  change: (next: InvoiceDraft[]) => void
  faults: Readonly<Record<string, string>>
}): ReactElement {
  const set = (at: number, patch: Partial<InvoiceDraft>): void =>
    change(invoices.map((one, index) => (index === at ? { ...one, ...patch } : one)))
  return (
    <div className="stack">
      {invoices.length === 0 && <p className="quiet">没有发票的慰问金可以不填，附签收单即可。</p>}
      {invoices.map((invoice, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines have no id of their own and are never reordered
        <div key={index} className="form-grid invoice-line">
          <LabelledField id={`i-number-${index}`} label="发票号码" required error={faults[`invoices.${index}.number`]}>
            <Input
              id={`i-number-${index}`}
              inputMode="numeric"
              maxLength={60}
              value={invoice.number}
              onChange={(event) => set(index, { number: event.target.value.trim() })}
            />
          </LabelledField>
          <LabelledField
            id={`i-amount-${index}`}
            label="发票金额（元）"
            required
            error={faults[`invoices.${index}.amountFen`]}
          >
            <FieldInput
              id={`i-amount-${index}`}
              field={amount}
              value={invoice.amountFen}
              onChange={(value) => set(index, { amountFen: value })}
            />
          </LabelledField>
          <LabelledField id={`i-seller-${index}`} label="销售方">
            <Input
              id={`i-seller-${index}`}
              maxLength={100}
              value={invoice.seller ?? ''}
              onChange={(event) => set(index, { seller: event.target.value })}
            />
          </LabelledField>
          <button
            type="button"
            className="link danger"
            onClick={() => change(invoices.filter((_, at) => at !== index))}
          >
            去掉这张
          </button>
        </div>
      ))}
      <div>
        <Button onClick={() => change([...invoices, { number: '', amountFen: null, seller: null }])}>添加发票</Button>
      </div>
    </div>
  )
}
