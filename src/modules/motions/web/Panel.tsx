import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post, sentenceOf } from '../../../web/api.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { parseNumber } from '../../../web/ui/FieldInput.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded, Notice } from '../../../web/ui/states.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { useRefresh } from './Deeds.tsx'
import { AddEntries, Awards } from './panel-dialogs.tsx'
import { CallBallot, FinishByBallot, PanelBallots } from './PanelBallots.tsx'
import type { Entry, PanelShape } from './shapes.ts'

/** A panel at work: judges give points, whoever leads it puts things before it and decides. */
export function Panel(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const panel = useQuery({
    queryKey: ['panel', Number(id)],
    queryFn: () => get<PanelShape>(`/api/motion-panels/${id}`),
  })
  return <Loaded query={panel}>{(found) => <Shown panel={found} />}</Loaded>
}

const linkOf = (entry: Entry): string | null =>
  entry.motionId ? `/motions/${entry.motionId}` : entry.suggestionId ? `/suggestions/${entry.suggestionId}` : null

function Shown({ panel }: { panel: PanelShape }): ReactElement {
  const [asking, setAsking] = useState<'entries' | 'awards' | 'ballot' | 'finish' | null>(null)
  const refresh = useRefresh()
  const open = !panel.closedOn
  const close = (): void => {
    setAsking(null)
    refresh()
  }
  const ballot = panel.method === 'ballot'
  const left = panel.entries.filter((entry) => entry.myPoints === null).length
  return (
    <Page
      title={panel.title}
      crumbs={[{ title: '评审与评优', to: '/motions/panels' }]}
      help={
        ballot
          ? `提案评优，由${panel.sessionTitle ?? '大会'}到会代表投票产生`
          : `${panel.purpose === 'motion' ? '提案评优' : '合理化建议评审'}，${panel.formedOn} 成立${panel.documentNo ? `（${panel.documentNo}）` : ''}`
      }
      actions={
        panel.leads &&
        open && (
          <>
            <Button onClick={() => setAsking('entries')}>添加参评</Button>
            {ballot ? (
              <>
                <Button
                  disabled={
                    panel.ballots.length === 0 ||
                    panel.ballots.some((one) => ['draft', 'issuing'].includes(one.vote.state))
                  }
                  onClick={() => setAsking('finish')}
                >
                  结束评选
                </Button>
                <Button
                  type="primary"
                  disabled={
                    !panel.entries.length || panel.ballots.some((one) => ['draft', 'issuing'].includes(one.vote.state))
                  }
                  onClick={() => setAsking('ballot')}
                >
                  发票评选
                </Button>
              </>
            ) : (
              <Button type="primary" disabled={!panel.entries.length} onClick={() => setAsking('awards')}>
                评定
              </Button>
            )}
          </>
        )
      }
    >
      <div className="stack" style={{ gap: 14 }}>
        {panel.sits && open && (
          <Notice tone={left ? 'warn' : 'good'}>
            {left
              ? `还有 ${left} 项等您打分（0 到 100 的整数）。评定前看不到别人的分。`
              : '您已全部打分，评定前还可以修改。'}
          </Notice>
        )}
        <Card title={`参评 ${panel.entries.length} 项`} flush>
          <DataTable<Entry>
            caption="参评项目"
            rows={panel.entries}
            rowKey={(row) => row.id}
            columns={[
              {
                id: 'title',
                title: '项目',
                lead: true,
                wrap: true,
                render: (row) => {
                  const to = linkOf(row)
                  return to ? <Link to={to as never}>{row.title}</Link> : row.title
                },
              },
              { id: 'owner', title: '提出人', width: 90, render: (row) => row.owner ?? '' },
              ...(ballot
                ? []
                : [
                    {
                      id: 'scored',
                      title: '已打分',
                      number: true,
                      render: (row: Entry) => `${row.scored}/${row.judges}`,
                    },
                    {
                      id: 'mean',
                      title: '平均分',
                      number: true,
                      render: (row: Entry) =>
                        row.meanHundredths === null ? '' : (row.meanHundredths / 100).toFixed(2),
                    },
                  ]),
              ...(panel.sits && open
                ? [
                    {
                      id: 'mine',
                      title: '我的分',
                      width: 170,
                      render: (row: Entry) => <Points panel={panel} entry={row} done={refresh} />,
                    },
                  ]
                : []),
              { id: 'award', title: '结果', width: 130, render: (row) => row.award ?? '' },
            ]}
            empty={<Empty title="还没有参评的">由组织评审的人添加。</Empty>}
          />
        </Card>
        {ballot ? (
          <PanelBallots panel={panel} />
        ) : (
          <Card title={`评委 ${panel.judges.length} 名`}>
            <ul className="row" style={{ gap: '6px 18px' }}>
              {panel.judges.map((judge) => (
                <li key={judge.personId}>
                  {judge.name}{' '}
                  <span className="faint">{`${judge.department}·${judge.role}，已打 ${judge.scored} 项`}</span>
                </li>
              ))}
            </ul>
          </Card>
        )}
      </div>
      {asking === 'entries' && <AddEntries panel={panel} close={close} />}
      {asking === 'awards' && <Awards panel={panel} close={close} />}
      {asking === 'ballot' && <CallBallot panel={panel} close={close} />}
      {asking === 'finish' && <FinishByBallot panel={panel} close={close} />}
    </Page>
  )
}

function Points({ panel, entry, done }: { panel: PanelShape; entry: Entry; done: () => void }): ReactElement {
  const [text, setText] = useState(entry.myPoints === null ? '' : String(entry.myPoints))
  const save = (): void => {
    void post(`/api/motion-panels/${panel.id}/entries/${entry.id}/score`, {
      points: parseNumber('integer', text) ?? text,
    })
      .then(() => {
        toast('已打分。')
        done()
      })
      .catch((error: unknown) => toast(sentenceOf(error), 'bad'))
  }
  return (
    <span className="row">
      <Input
        style={{ width: 72 }}
        inputMode="numeric"
        aria-label={`给“${entry.title}”打分`}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={save}
      />
      <Button disabled={text === '' || text === String(entry.myPoints)} onClick={save}>
        打分
      </Button>
    </span>
  )
}
