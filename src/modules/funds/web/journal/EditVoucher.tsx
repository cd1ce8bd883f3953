import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post, put, Refusal } from '../../../../web/api.ts'
import { today, useAddress } from '../../../../web/session.ts'
import { DateInput, LabelledField } from '../../../../web/ui/FieldInput.tsx'
import { Page } from '../../../../web/ui/Page.tsx'
import { Loaded, Loading, Notice, Problem } from '../../../../web/ui/states.tsx'
import { toast } from '../../../../web/ui/toast.tsx'
import { useAccounts, useProjects, WithBook } from '../book.tsx'
import { fundsPath, numberText } from '../paths.ts'
import type { Book, Voucher, VoucherRow } from '../../voucher-contract.ts'
import { draftLines, TemplateField } from './TemplateField.tsx'
import { TEMPLATES } from './templates.ts'
import { emptyLine, fenOf, isUsed, totalsOf, type LineDraft } from './voucher-draft.ts'
import { VoucherLines } from './VoucherLines.tsx'

/** A new voucher: empty, from a template, as a copy (`?copy=`), or putting another right (`?corrects=`). */
export function NewVoucher(): ReactElement {
  const [address] = useAddress()
  const from = Number(address['copy'] ?? address['corrects'] ?? 0)
  return (
    <WithBook>
      {(book) =>
        from ? (
          <FromVoucher book={book} id={from} corrects={address['corrects'] !== undefined} />
        ) : (
          <Editor book={book} />
        )
      }
    </WithBook>
  )
}

function FromVoucher({ book, id, corrects }: { book: Book; id: number; corrects: boolean }): ReactElement {
  const voucher = useQuery({
    queryKey: ['funds', 'voucher', id],
    queryFn: () => get<Voucher>(`/api/funds/vouchers/${id}`),
  })
  return (
    <Loaded query={voucher}>
      {(found) => <Editor book={book} model={found} {...(corrects && { corrects: found })} />}
    </Loaded>
  )
}

/** Changes a draft. */
export function EditVoucher(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const voucher = useQuery({
    queryKey: ['funds', 'voucher', Number(id)],
    queryFn: () => get<Voucher>(`/api/funds/vouchers/${id}`),
  })
  return (
    <WithBook>
      {(book) => <Loaded query={voucher}>{(found) => <Editor book={book} model={found} edits={found} />}</Loaded>}
    </WithBook>
  )
}

/** The server speaks of `entries.0.debitFen`, the table of `lines.0.debit`. */
const asLines = (fields: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, sentence]) => [
      name.replace(/^entries\./, 'lines.').replace(/Fen$/, ''),
      sentence,
    ]),
  )

function Editor({
  book,
  model,
  edits,
  corrects,
}: {
  book: Book
  model?: Voucher
  edits?: Voucher
  corrects?: Voucher
}): ReactElement {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const accounts = useAccounts(book)
  const projects = useProjects(book)
  const recent = useQuery({
    queryKey: ['funds', 'vouchers', book.id, 'recent'],
    queryFn: () =>
      get<{ vouchers: VoucherRow[] }>(`/api/funds/books/${book.id}/vouchers`, { limit: 60 }).then(
        (one) => one.vouchers,
      ),
    staleTime: 60_000,
  })
  const [onDate, setOnDate] = useState<string | null>(edits?.onDate ?? today())
  const [attachments, setAttachments] = useState(String(edits?.attachments ?? (corrects ? 0 : 1)))
  const [invoices, setInvoices] = useState(edits?.invoices.map((invoice) => invoice.number).join(' ') ?? '')
  const [lines, setLines] = useState<LineDraft[]>(() => (model ? draftLines(model) : [emptyLine(), emptyLine()]))
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const used = lines.filter(isUsed)
  const totals = totalsOf(lines)
  const save = async (again: boolean): Promise<void> => {
    if (busy) return
    setBusy(true)
    setError(null)
    const summary = used.find((line) => line.summary.trim())?.summary.trim() ?? ''
    // Faults come back by line; what isn't used isn't sent, so the table shows what was sent.
    if (used.length) setLines(used)
    const body = {
      onDate,
      kind: corrects ? 'correction' : edits ? edits.kind : 'business',
      summary,
      attachments: Number(attachments) || 0,
      entries: used.map((line) => ({
        account: line.account,
        debitFen: fenOf(line.debit) ?? Number.NaN,
        creditFen: fenOf(line.credit) ?? Number.NaN,
        project: line.project || null,
        economicClass: line.economicClass || null,
        spendingKind: line.account.startsWith('5') ? (line.project ? 'project' : 'basic') : null,
        counterparty: line.counterparty || null,
        summary: line.summary.trim() === summary ? '' : line.summary.trim(),
      })),
      invoices: invoices
        .split(/[\s,，、;；]+/)
        .filter(Boolean)
        .map((number) => ({ number })),
    }
    try {
      const saved = edits
        ? await put<Voucher>(`/api/funds/vouchers/${edits.id}`, { ...body, version: edits.version })
        : await post<Voucher>(
            corrects ? `/api/funds/vouchers/${corrects.id}/correct` : `/api/funds/books/${book.id}/vouchers`,
            body,
          )
      toast('凭证已保存，等待审核。')
      await queries.invalidateQueries({ queryKey: ['funds'] })
      if (!again) return void navigate({ to: fundsPath.voucher(saved.id) as never })
      setLines([emptyLine(), emptyLine()])
      setInvoices('')
      setAttachments('1')
      document.querySelector<HTMLInputElement>('.voucher-lines input')?.focus()
    } catch (refusal) {
      setError(refusal)
    }
    setBusy(false)
  }
  if (!accounts.data || !projects.data) return accounts.error ? <Problem error={accounts.error} /> : <Loading />
  const faults = error instanceof Refusal ? asLines(error.fields) : {}
  const shown = new Set([
    'onDate',
    'attachments',
    'summary',
    'entries',
    ...Object.keys(faults).filter((name) => name.startsWith('lines.')),
  ])
  const title = edits ? '修改凭证' : corrects ? `更正 ${numberText(corrects.month, corrects.no)}` : '填制凭证'
  return (
    <Page title={title} crumbs={[{ title: '记账凭证', to: fundsPath.vouchers }]}>
      {edits?.returned && <Notice tone="warn">审核人退回：{edits.returned}</Notice>}
      <section
        className="card"
        onKeyDown={(event) => {
          if (event.key === 's' && event.ctrlKey) {
            event.preventDefault()
            void save(false)
          }
        }}
      >
        <div className="inside stack" style={{ gap: 14 }}>
          {error !== null && (
            <Problem
              error={
                error instanceof Refusal
                  ? new Refusal(
                      error.status,
                      error.code,
                      error.message,
                      Object.fromEntries(Object.entries(faults).filter(([name]) => !shown.has(name))),
                    )
                  : error
              }
            />
          )}
          <div className="form-grid" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))' }}>
            <LabelledField id="voucher-date" label="日期" required error={faults['onDate']}>
              <DateInput
                id="voucher-date"
                label="日期"
                value={onDate}
                onChange={setOnDate}
                invalid={faults['onDate'] !== undefined}
              />
            </LabelledField>
            <LabelledField id="voucher-attachments" label="附件张数" required error={faults['attachments']}>
              <input
                id="voucher-attachments"
                className="control"
                inputMode="numeric"
                value={attachments}
                onChange={(event) => setAttachments(event.target.value.replaceAll(/\D/g, ''))}
              />
            </LabelledField>
            <LabelledField id="voucher-invoices" label="发票号码" help="多张用空格隔开，同一号码只能报一次。">
              <input
                id="voucher-invoices"
                className="control"
                value={invoices}
                onChange={(event) => setInvoices(event.target.value)}
              />
            </LabelledField>
            {!edits && !corrects && <TemplateField recent={recent.data ?? []} take={setLines} />}
          </div>
          <VoucherLines
            lines={lines}
            choices={{
              accounts: accounts.data.map((account) => ({ ...account, postable: account.usable })),
              projects: projects.data
                .filter((project) => !project.finishedOn || project.finishedOn >= (onDate ?? ''))
                .map((project) => ({ code: project.code, name: project.name, tied: project.fundKind === 'tied' })),
              summaries: [
                ...new Set([...TEMPLATES.map((one) => one.summary), ...(recent.data ?? []).map((row) => row.summary)]),
              ],
            }}
            faults={faults}
            change={setLines}
            submit={() => void save(false)}
          />
          <p className="keys">
            <span>
              <kbd>Enter</kbd> 下一格
            </span>
            <span>
              <kbd>Shift+Enter</kbd> 上一格
            </span>
            <span>
              <kbd>=</kbd> 补齐差额
            </span>
            <span>
              <kbd>空格</kbd> 借贷互换
            </span>
            <span>
              <kbd>Ctrl+D</kbd> 同上行
            </span>
            <span>
              <kbd>Ctrl+Delete</kbd> 删行
            </span>
            <span>
              <kbd>Ctrl+Enter</kbd> 保存
            </span>
          </p>
        </div>
        <div className="form-foot">
          <span className="push">
            <button
              type="button"
              className="link"
              onClick={() => setLines([...lines, emptyLine(lines.at(-1)?.summary)])}
            >
              增加一行
            </button>
          </span>
          {!edits && !corrects && (
            <Button disabled={busy || used.length < 2} onClick={() => void save(true)}>
              保存并填下一张
            </Button>
          )}
          <Button
            type="primary"
            data-save
            loading={busy}
            disabled={used.length < 2 || totals.broken}
            onClick={() => void save(false)}
          >
            保存
          </Button>
        </div>
      </section>
    </Page>
  )
}
