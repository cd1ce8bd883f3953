import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post, remove } from '../../api.ts'
import { path } from '../../path.ts'
import { useAddress } from '../../session.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { Empty, Loaded, Loading, Notice, Problem } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { numberText, StatusTag } from '../../ui/values.tsx'
import { kindTitle, startOf, statusTitles, type ImportRow, type Preview, type RowStatus } from './shapes.ts'

const statuses: { id: RowStatus; title: string; tone: 'good' | 'info' | '' | 'bad'; meaning: string }[] = [
  { id: 'new', title: '新增', tone: 'good', meaning: '入库后新增' },
  { id: 'update', title: '更新', tone: 'info', meaning: '已有，补充或更正' },
  { id: 'same', title: '相同', tone: '', meaning: '已有且无变化，跳过' },
  { id: 'error', title: '有错', tone: 'bad', meaning: '改正后才能入库' },
]

/** What the upload would do, row by row, before anything is stored; then all, or the good rows only. */
export function ImportReview(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const preview = useQuery({ queryKey: ['import', Number(id)], queryFn: () => get<Preview>(`/api/imports/${id}`) })
  return <Loaded query={preview}>{(run) => <Review run={run} />}</Loaded>
}

function Review({ run }: { run: Preview }): ReactElement {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const [discarding, setDiscarding] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const { counts } = run
  const open = run.status === 'checked'
  const writable = counts.new + counts.update
  const commit = async (mode: 'all' | 'good'): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const { sentence } = await post<{ sentence: string }>(`/api/imports/${run.id}/commit`, { mode })
      toast(sentence)
      await queries.invalidateQueries()
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }
  const again = startOf(run.kind)
  return (
    <Page
      title={run.fileName}
      crumbs={[{ title: '导入', to: path.imports }]}
      help={
        <span className="row">
          <StatusTag
            text={statusTitles[run.status]}
            tone={run.status === 'committed' ? 'good' : run.status === 'checked' ? 'warn' : ''}
          />
          {kindTitle(run.kind)}
          {run.year ? ` · ${run.year} 年` : ''}
        </span>
      }
      actions={
        <>
          {counts.error > 0 && <Button href={`/api/imports/${run.id}/errors.xlsx`}>下载错误表</Button>}
          {open && (
            <>
              <Button onClick={() => setDiscarding(true)}>放弃</Button>
              {counts.error > 0 && writable > 0 && (
                <Button disabled={busy} onClick={() => void commit('good')}>
                  只导入正确的行
                </Button>
              )}
              <Button
                type="primary"
                loading={busy}
                disabled={counts.error > 0 || writable === 0}
                title={counts.error > 0 ? '还有错误行：改正后重新上传，或只导入正确的行' : undefined}
                onClick={() => void commit('all')}
              >
                全部入库
              </Button>
            </>
          )}
        </>
      }
    >
      {busy && <Loading what="正在入库，请不要关闭页面…" />}
      {error !== null && <Problem error={error} />}
      {run.outcome && <Notice tone={run.status === 'committed' ? 'good' : 'bad'}>{run.outcome.sentence}</Notice>}
      {open && counts.error > 0 && (
        <Notice tone="warn">
          {numberText(counts.error)} 行有错，还没有入库。下载错误表，在“错误原因”一列看每行错在哪里，改好后
          <a href={again}>重新上传</a>
          错误表即可；也可以先只导入正确的行。
        </Notice>
      )}
      {open && counts.error === 0 && writable > 0 && <Notice tone="good">全部行都通过检查，可以入库。</Notice>}
      {open && counts.error === 0 && writable === 0 && (
        <Notice>没有需要写入的行：{counts.same > 0 ? '内容都已经在系统里了。' : '工作簿里没有数据行。'}</Notice>
      )}
      {run.notices.length > 0 && (
        <Notice>
          <ul>
            {run.notices.map((sentence) => (
              <li key={sentence}>· {sentence}</li>
            ))}
          </ul>
        </Notice>
      )}
      <section className="card">
        <Rows run={run} />
      </section>
      {discarding && (
        <Dialog
          title="放弃这次导入"
          okText="放弃"
          danger
          close={() => setDiscarding(false)}
          work={async () => {
            await remove(`/api/imports/${run.id}`)
            void queries.invalidateQueries({ queryKey: ['imports'] })
            void navigate({ href: again })
          }}
        >
          {() => <p>检查结果会清除，什么也不会入库。</p>}
        </Dialog>
      )}
    </Page>
  )
}

function Rows({ run }: { run: Preview }): ReactElement {
  const [address, setAddress] = useAddress()
  const shown =
    statuses.find((status) => status.id === address['status']) ?? (run.counts.error > 0 ? statuses[3]! : statuses[0]!)
  const rows = useInfiniteQuery({
    queryKey: ['import-rows', run.id, shown.id, run.status],
    queryFn: ({ pageParam }) =>
      get<{ rows: ImportRow[]; next: number | null }>(`/api/imports/${run.id}/rows`, {
        status: shown.id,
        cursor: pageParam,
      }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  })
  const headers = new Map(run.sheets.map((sheet) => [sheet.name, sheet.headers]))
  return (
    <>
      <div className="tabs" role="tablist" aria-label="检查结果">
        {/* Once stored, only the rows that were left out are kept. */}
        {statuses
          .filter((status) => run.status === 'checked' || run.counts[status.id] > 0)
          .map((status) => (
            <button
              key={status.id}
              type="button"
              role="tab"
              aria-selected={status === shown}
              title={status.meaning}
              onClick={() => setAddress({ status: status.id }, { replace: true })}
            >
              {status.title} {numberText(run.counts[status.id])}
            </button>
          ))}
      </div>
      {rows.error ? (
        <Problem error={rows.error} retry={() => void rows.refetch()} />
      ) : (
        <DataTable
          caption={`${shown.title}的行`}
          density="compact"
          rows={rows.data?.pages.flatMap((page) => page.rows)}
          rowKey={(row) => row.id}
          columns={[
            { id: 'sheet', title: '工作表', width: 150, render: (row) => row.sheet },
            { id: 'row', title: '行', number: true, width: 60, render: (row) => row.rowNo },
            {
              id: 'status',
              title: '结果',
              width: 80,
              render: () => <StatusTag text={shown.title} tone={shown.tone} />,
            },
            ...(shown.id === 'error'
              ? [
                  {
                    id: 'why',
                    title: '错在哪里',
                    lead: true,
                    wrap: true,
                    render: (row: ImportRow) => (
                      <ul>
                        {row.errors.map((error) => (
                          <li key={`${error.column}${error.message}`}>
                            {error.column && <b>{error.column}：</b>}
                            {error.message}
                          </li>
                        ))}
                      </ul>
                    ),
                  },
                ]
              : []),
            {
              id: 'content',
              title: shown.id === 'error' ? '原内容' : '内容',
              render: (row) => {
                const names = headers.get(row.sheet) ?? []
                const text = (row.original ?? [])
                  .map((cell, index) => (cell ? `${names[index] ?? ''}：${cell}` : ''))
                  .filter(Boolean)
                  .join('　')
                return text ? <span title={text}>{text}</span> : row.summary
              },
            },
          ]}
          empty={<Empty title={`没有${shown.title}的行`}>{shown.meaning}。</Empty>}
        />
      )}
      {rows.hasNextPage && (
        <div className="pager" style={{ justifyContent: 'center' }}>
          <Button loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
            再看 50 行
          </Button>
        </div>
      )}
    </>
  )
}
