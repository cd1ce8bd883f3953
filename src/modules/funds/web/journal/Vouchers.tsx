import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useEffect, useState, type ReactElement } from 'react'
import { get, post } from '../../../../web/api.ts'
import { useAddress, useMay, useScope } from '../../../../web/session.ts'
import { DataTable } from '../../../../web/ui/DataTable.tsx'
import { FilterForm } from '../../../../web/ui/FilterForm.tsx'
import { LinkButton } from '../../../../web/ui/LinkButton.tsx'
import { Page } from '../../../../web/ui/Page.tsx'
import { Empty, Loaded, Problem } from '../../../../web/ui/states.tsx'
import { toast } from '../../../../web/ui/toast.tsx'
import { moneyText, StatusTag } from '../../../../web/ui/values.tsx'
import { VOUCHER_KINDS, type VoucherState } from '../../contract.ts'
import { KIND_WORDS, STATE_WORDS } from '../../words.ts'
import { MorePages } from '../MorePages.tsx'
import { WithBook } from '../book.tsx'
import { fundsPath, numberText } from '../paths.ts'
import { postVouchers } from './posting.ts'
import type { Book, VoucherRow } from '../../voucher-contract.ts'

export const STATE_TONES: Readonly<Record<VoucherState, 'warn' | 'info' | 'good'>> = {
  draft: 'warn',
  reviewed: 'info',
  posted: 'good',
}

/** Vouchers of the book, newest first; drafts are reviewed and posted from here, many at once. */
export function Vouchers(): ReactElement {
  const may = useMay()
  return (
    <Page
      title="记账凭证"
      help="填制、审核、记账由不同的人办理。记账后不能修改和删除，有错用红字冲销。"
      actions={
        may('funds.prepare') && (
          <LinkButton type="primary" to={fundsPath.newVoucher}>
            填制凭证
          </LinkButton>
        )
      }
    >
      <WithBook>{(book) => <List book={book} />}</WithBook>
    </Page>
  )
}

interface Answer {
  vouchers: VoucherRow[]
  next: string | null
}

function List({ book }: { book: Book }): ReactElement {
  const { year } = useScope()
  const [address, setAddress] = useAddress()
  const may = useMay()
  const queries = useQueryClient()
  const [text, setText] = useState(address['q'] ?? '')
  useEffect(() => setText(address['q'] ?? ''), [address])
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const filter = {
    year,
    month: address['month'],
    state: address['state'],
    kind: address['kind'],
    account: address['account'],
    q: address['q'],
  }
  const list = useInfiniteQuery({
    queryKey: ['funds', 'vouchers', book.id, filter],
    queryFn: ({ pageParam }) =>
      get<Answer>(`/api/funds/books/${book.id}/vouchers`, { ...filter, after: pageParam, limit: 30 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
  const rows = list.data?.pages.flatMap((page) => page.vouchers) ?? []
  const picked = rows.filter((row) => chosen.has(row.id))
  const drafts = picked.filter((row) => row.state === 'draft')
  const reviewed = picked.filter((row) => row.state === 'reviewed')
  const deed = async (work: () => Promise<string>): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      toast(await work())
      setChosen(new Set())
    } catch (refusal) {
      setError(refusal)
    }
    await queries.invalidateQueries({ queryKey: ['funds'] })
    setBusy(false)
  }
  const review = (): Promise<void> =>
    deed(async () => {
      for (const row of drafts.toReversed()) await post(`/api/funds/vouchers/${row.id}/review`)
      return `已审核 ${drafts.length} 张。`
    })
  const enter = (): Promise<void> =>
    deed(async () => {
      // In the order of their days, so that numbers follow the calendar.
      const ids = reviewed.toReversed().map((row) => row.id)
      await postVouchers(ids)
      return `已记账 ${ids.length} 张。`
    })
  const selectable = may('funds.review') || may('funds.post')
  return (
    <>
      <FilterForm
        chosen={[address['month'], address['state'], address['kind']].filter(Boolean).length}
        submit={() => setAddress({ q: text.trim() })}
        reset={() => setAddress({ month: null, state: null, kind: null, account: null, q: null })}
      >
        <label className="lead" style={{ flex: '2 1 200px' }}>
          摘要、对方、发票号或凭证号
          <input className="control" type="search" value={text} onChange={(event) => setText(event.target.value)} />
        </label>
        <label>
          月份
          <select
            className="control"
            value={address['month'] ?? ''}
            onChange={(event) => setAddress({ month: event.target.value })}
          >
            <option value="">{year} 年全年</option>
            {Array.from({ length: 12 }, (_, at) => (
              <option key={at} value={at + 1}>
                {at + 1} 月
              </option>
            ))}
          </select>
        </label>
        <label>
          状态
          <select
            className="control"
            value={address['state'] ?? ''}
            onChange={(event) => setAddress({ state: event.target.value })}
          >
            <option value="">全部</option>
            {Object.entries(STATE_WORDS).map(([state, word]) => (
              <option key={state} value={state}>
                {word}
              </option>
            ))}
          </select>
        </label>
        <label>
          种类
          <select
            className="control"
            value={address['kind'] ?? ''}
            onChange={(event) => setAddress({ kind: event.target.value })}
          >
            <option value="">全部</option>
            {VOUCHER_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {KIND_WORDS[kind]}
              </option>
            ))}
          </select>
        </label>
      </FilterForm>
      {error !== null && <Problem error={error} />}
      <section className="card">
        {selectable && (
          <div className="toolbar">
            <label className="row">
              <input
                type="checkbox"
                checked={
                  chosen.size > 0 && rows.filter((row) => row.state !== 'posted').every((row) => chosen.has(row.id))
                }
                onChange={(event) =>
                  setChosen(
                    new Set(
                      event.target.checked ? rows.filter((row) => row.state !== 'posted').map((row) => row.id) : [],
                    ),
                  )
                }
              />
              选中未记账的
            </label>
            <span className="push" />
            {may('funds.review') && (
              <Button disabled={!drafts.length} loading={busy} onClick={() => void review()}>
                审核{drafts.length ? ` ${drafts.length} 张` : ''}
              </Button>
            )}
            {may('funds.post') && (
              <Button type="primary" disabled={!reviewed.length} loading={busy} onClick={() => void enter()}>
                记账{reviewed.length ? ` ${reviewed.length} 张` : ''}
              </Button>
            )}
          </div>
        )}
        <Loaded query={list}>
          {() => (
            <>
              <DataTable
                caption="记账凭证"
                rows={rows}
                rowKey={(row) => row.id}
                columns={[
                  ...(selectable
                    ? [
                        {
                          id: 'pick',
                          title: '',
                          width: 34,
                          render: (row: VoucherRow) =>
                            row.state !== 'posted' && (
                              <input
                                type="checkbox"
                                aria-label={`选择 ${row.summary}`}
                                checked={chosen.has(row.id)}
                                onChange={() => {
                                  const next = new Set(chosen)
                                  if (!next.delete(row.id)) next.add(row.id)
                                  setChosen(next)
                                }}
                              />
                            ),
                        },
                      ]
                    : []),
                  { id: 'on', title: '日期', width: 104, render: (row) => row.onDate },
                  {
                    id: 'no',
                    title: '凭证号',
                    width: 110,
                    render: (row) => (
                      <Link to={fundsPath.voucher(row.id) as never}>{numberText(row.month, row.no)}</Link>
                    ),
                  },
                  {
                    id: 'summary',
                    title: '摘要',
                    lead: true,
                    render: (row) => (
                      <>
                        <Link
                          to={fundsPath.voucher(row.id) as never}
                          className={row.kind === 'red' ? 'red-letter' : undefined}
                        >
                          {row.summary}
                        </Link>
                        {row.returned && <StatusTag text="已退回" tone="bad" />}
                      </>
                    ),
                  },
                  { id: 'kind', title: '种类', width: 90, render: (row) => KIND_WORDS[row.kind] },
                  {
                    id: 'amount',
                    title: '金额',
                    number: true,
                    width: 130,
                    render: (row) => (
                      <span className={row.totalFen < 0 ? 'red-letter' : undefined}>{moneyText(row.totalFen)}</span>
                    ),
                  },
                  { id: 'prepared', title: '制单', width: 80, render: (row) => row.preparedName },
                  { id: 'reviewed', title: '审核', width: 80, render: (row) => row.reviewedName ?? '' },
                  {
                    id: 'state',
                    title: '状态',
                    width: 84,
                    render: (row) => <StatusTag text={STATE_WORDS[row.state]} tone={STATE_TONES[row.state]} />,
                  },
                ]}
                empty={<Empty title="没有符合条件的凭证">换个月份或条件再查，或填制一张。</Empty>}
              />
              <MorePages query={list} text="再看 30 张" />
            </>
          )}
        </Loaded>
      </section>
    </>
  )
}
