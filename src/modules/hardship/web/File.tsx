import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { useMay } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded, Notice } from '../../../web/ui/states.tsx'
import { Tabs } from '../../../web/ui/Tabs.tsx'
import { Timeline } from '../../../web/ui/Timeline.tsx'
import { StatusTag, timeText } from '../../../web/ui/values.tsx'
import { DecideDialog, TransferDialog } from './decisions.tsx'
import { FindingDialog } from './FindingDialog.tsx'
import { reasons, standing, type FileShape } from './shapes.ts'
import { Versions } from './Versions.tsx'

/** Why somebody opens a file, remembered for the sitting so that moving between its tabs doesn't ask again. */
const reasonOf = (id: string): string => sessionStorage.getItem(`hardship-reason-${id}`) ?? ''

export function File(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const [reason, setReason] = useState(reasonOf(id))
  const [typed, setTyped] = useState('')
  const file = useQuery({
    queryKey: ['hardship-file', id, reason],
    queryFn: () => post<FileShape>(`/api/hardship/files/${id}/open`, { reason }),
    retry: false,
  })
  if (file.error && (file.error as { code?: string }).code === 'reason-missing')
    return (
      <Page title="查看困难档案" crumbs={[{ title: '困难档案', to: '/hardship/files' }]} narrow>
        <Card title="请写明查看原因">
          <form
            className="stack"
            style={{ gap: 12 }}
            onSubmit={(event) => {
              event.preventDefault()
              if (typed.trim().length < 4) return
              sessionStorage.setItem(`hardship-reason-${id}`, typed.trim())
              setReason(typed.trim())
            }}
          >
            <LabelledField
              id="reason"
              label="查看原因"
              required
              help="至少 4 个字。谁、什么时候、为什么打开，职工本人都看得到。"
            >
              <Input
                id="reason"
                maxLength={200}
                placeholder="例如 年度复核"
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            </LabelledField>
            <div>
              <Button type="primary" htmlType="submit" disabled={typed.trim().length < 4}>
                打开档案
              </Button>
            </div>
          </form>
        </Card>
      </Page>
    )
  return <Loaded query={file}>{(shown) => <Shown file={shown} />}</Loaded>
}

const moves = {
  draft: ['提交', '撤回'],
  applied: ['同意', '退回', '否决'],
  checked: ['公示', '退回'],
  published: ['同意', '退回', '否决'],
} as const
type Verb = (typeof moves)[keyof typeof moves][number]
const asked: Partial<Record<Verb, string>> = { 退回: '退回的理由', 否决: '否决的理由' }

function Shown({ file }: { file: FileShape }): ReactElement {
  const may = useMay()
  const queries = useQueryClient()
  const [move, setMove] = useState<Verb | null>(null)
  const [finding, setFinding] = useState<'check' | 'review' | 'call-back' | 'decide' | 'transfer' | null>(null)
  const { text, tone } = standing(file)
  const officer = may('hardship.write') && !file.own && !file.abridged
  const signs = may('hardship.approve') && !file.own
  const verbs = (file.state === 'published' ? signs : officer) ? (moves[file.state as keyof typeof moves] ?? []) : []
  const close = (): void => {
    setMove(null)
    setFinding(null)
    for (const key of ['hardship-file', 'hardship-files', 'hardship-counts', 'todos'])
      void queries.invalidateQueries({ queryKey: [key] })
  }
  const latest = file.versions[0]
  return (
    <Page
      title={`${file.personName}的困难档案`}
      crumbs={[{ title: '困难档案', to: '/hardship/files' }]}
      help={
        <span className="row">
          <StatusTag text={text} tone={tone} /> {file.category ?? '类别未定'} · {file.unitName}
          {file.reviewOn && file.state === 'on-file' && ` · 应在 ${file.reviewOn} 前复核`}
        </span>
      }
      actions={
        <>
          {officer && file.state === 'applied' && (
            <Button type={latest?.reason === 'check' ? 'default' : 'primary'} onClick={() => setFinding('check')}>
              登记入户核查
            </Button>
          )}
          {officer && file.state === 'on-file' && (
            <>
              <Button onClick={() => setFinding('transfer')}>转移</Button>
              <Button type={file.undecided ? 'default' : 'primary'} onClick={() => setFinding('review')}>
                年度复核
              </Button>
            </>
          )}
          {signs && file.undecided !== null && (
            <Button type="primary" onClick={() => setFinding('decide')}>
              审定复核
            </Button>
          )}
          {officer && file.state === 'lifted' && <Button onClick={() => setFinding('call-back')}>登记回访</Button>}
          {verbs.map((verb) => (
            <Button key={verb} danger={verb === '否决'} onClick={() => setMove(verb)}>
              {verb}
            </Button>
          ))}
        </>
      }
    >
      {file.abridged && <Notice>您负责审批：家属姓名已隐去，病情不显示。</Notice>}
      {file.undecided !== null && <Notice tone="warn">第 {file.undecided} 次入户情况等待审定，核查人不能审定。</Notice>}
      {file.movedFrom && <Notice>由{file.movedFrom}转入。</Notice>}
      {file.publicity && file.state === 'published' && (
        <Notice tone={file.publicity.passed ? 'good' : 'info'}>
          公示到 {file.publicity.untilOn} 为止
          {file.publicity.objections > 0 &&
            `，收到异议 ${file.publicity.objections} 件，待答复 ${file.publicity.unanswered} 件`}
          。<Link to={`/openness/items/${file.publicity.itemId}` as never}>看公示</Link>
        </Notice>
      )}
      {file.liftReason && (
        <Notice>
          {file.liftedOn} 脱困退出：{file.liftReason}
        </Notice>
      )}
      {file.previousId && (
        <Notice>
          这是返困后重建的档案。<Link to={`/hardship/files/${file.previousId}` as never}>看以前的档案</Link>
        </Notice>
      )}
      <section className="card">
        <Tabs
          tabs={[
            { id: 'family', title: '家庭情况', render: () => <Versions versions={file.versions} /> },
            {
              id: 'acts',
              title: '办理记录',
              render: () => (
                <div className="inside" style={{ padding: 16 }}>
                  <Timeline acts={file.acts} />
                </div>
              ),
            },
            { id: 'openings', title: '谁看过', render: () => <Openings fileId={file.id} /> },
          ]}
        />
      </section>
      {move && <MoveDialog file={file} verb={move} close={close} />}
      {(finding === 'check' || finding === 'review') && (
        <FindingDialog fileId={file.id} kind={finding} latest={latest} close={close} />
      )}
      {finding === 'decide' && <DecideDialog file={file} close={close} />}
      {finding === 'transfer' && <TransferDialog file={file} close={close} />}
      {finding === 'call-back' && <CallBackDialog file={file} close={close} />}
    </Page>
  )
}

function Openings({ fileId }: { fileId: number }): ReactElement {
  const openings = useQuery({
    queryKey: ['hardship-openings', fileId],
    queryFn: () =>
      get<{ openings: { who: string; office: string; at: string; summary: string }[] }>(
        `/api/hardship/files/${fileId}/openings`,
      ).then((answer) => answer.openings),
  })
  return (
    <Loaded query={openings}>
      {(rows) => (
        <DataTable
          caption="查看记录"
          rows={rows}
          rowKey={(row) => `${row.at}${row.who}`}
          columns={[
            { id: 'at', title: '时间', lead: true, width: 160, render: (row) => timeText(row.at) },
            { id: 'who', title: '查看人', render: (row) => row.who },
            { id: 'office', title: '职务', render: (row) => row.office },
            { id: 'why', title: '原因', wrap: true, render: (row) => row.summary.split('原因：')[1] ?? row.summary },
          ]}
          empty={<Empty title="还没有人查看过" small />}
        />
      )}
    </Loaded>
  )
}

function MoveDialog({ file, verb, close }: { file: FileShape; verb: Verb; close: () => void }): ReactElement {
  const [words, setWords] = useState('')
  return (
    <Dialog
      title={`${verb}：${file.personName}`}
      okText={verb}
      danger={verb === '否决'}
      ready={!asked[verb] || words.trim() !== ''}
      done={`已${verb}。`}
      close={close}
      work={() => post(`/api/hardship/files/${file.id}/moves`, { verb, ...(words.trim() && { words }) })}
    >
      {(errors) => (
        <>
          {verb === '公示' && <p>将在公开栏公示隐去名字的姓名和困难类别，不写原因和金额，不少于 5 个工作日。</p>}
          {verb === '同意' && file.versions[0] && (
            <p>
              最近一次{reasons[file.versions[0].reason]}的结论：{file.versions[0].verdict.category ?? '不符合困难类别'}
              。
            </p>
          )}
          <LabelledField
            id="words"
            label={asked[verb] ?? '意见'}
            required={Boolean(asked[verb])}
            error={errors['words']}
          >
            <Input.TextArea
              id="words"
              maxLength={300}
              autoSize={{ minRows: 2 }}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

function CallBackDialog({ file, close }: { file: FileShape; close: () => void }): ReactElement {
  const [words, setWords] = useState('')
  return (
    <Dialog
      title={`回访：${file.personName}`}
      okText="登记"
      ready={words.trim() !== ''}
      done="回访已登记。"
      close={close}
      work={() => post(`/api/hardship/files/${file.id}/call-back`, { words })}
    >
      {(errors) => (
        <LabelledField id="words" label="回访情况" required error={errors['words']}>
          <Input.TextArea
            id="words"
            maxLength={300}
            autoSize={{ minRows: 2 }}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </LabelledField>
      )}
    </Dialog>
  )
}
