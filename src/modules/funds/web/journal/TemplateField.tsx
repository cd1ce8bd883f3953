import type { ReactElement } from 'react'
import { get } from '../../../../web/api.ts'
import { LabelledField } from '../../../../web/ui/FieldInput.tsx'
import { numberText } from '../paths.ts'
import type { Voucher, VoucherRow } from '../../voucher-contract.ts'
import { linesOf, TEMPLATES } from './templates.ts'
import { amountText, emptyLine, type LineDraft } from './voucher-draft.ts'

/** A posted or waiting voucher's lines, to be typed on from. */
export const draftLines = (voucher: Voucher): LineDraft[] =>
  voucher.entries.map((entry) => ({
    ...emptyLine(entry.summary || voucher.summary),
    account: entry.account,
    project: entry.project ?? '',
    economicClass: entry.economicClass ?? '',
    counterparty: entry.counterparty ?? '',
    debit: amountText(entry.debitFen),
    credit: amountText(entry.creditFen),
  }))

/** Fills the lines from a common pair of accounts or from a voucher of before. */
export function TemplateField({
  recent,
  take,
}: {
  recent: readonly VoucherRow[]
  take: (lines: LineDraft[]) => void
}): ReactElement {
  return (
    <LabelledField id="voucher-template" label="套用模板或以前的凭证">
      <select
        id="voucher-template"
        className="control"
        value=""
        onChange={(event) => {
          const [kind, at] = event.target.value.split(':')
          if (kind === 'template') take(linesOf(TEMPLATES[Number(at)]!))
          else if (kind === 'voucher')
            void get<Voucher>(`/api/funds/vouchers/${at}`).then((found) => take(draftLines(found)))
        }}
      >
        <option value="">选择…</option>
        <optgroup label="常用分录">
          {TEMPLATES.map((template, at) => (
            <option key={template.title} value={`template:${at}`}>
              {template.title}
            </option>
          ))}
        </optgroup>
        <optgroup label="最近的凭证">
          {recent.slice(0, 30).map((row) => (
            <option key={row.id} value={`voucher:${row.id}`}>
              {numberText(row.month, row.no)} {row.summary}
            </option>
          ))}
        </optgroup>
      </select>
    </LabelledField>
  )
}
