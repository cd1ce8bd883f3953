import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { useMay } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Loaded, Notice } from '../../../web/ui/states.tsx'
import { numberText, StatusTag } from '../../../web/ui/values.tsx'
import { appoints, CHANNELS, naming, ROUND_KINDS, ROUND_STATES, scaleAt, type Scale } from '../words.ts'
import { AccountGroup } from './AccountGroup.tsx'
import type { Group, RoundDetail, Slips, Subject } from './shapes.ts'
import { Abandon, Print } from './round-dialogs.tsx'
import { SlipSheet } from './SlipSheet.tsx'

type Asking = { kind: 'open' } | { kind: 'close' } | { kind: 'abandon' } | { kind: 'slips'; group: Group } | null

const answersText = (kind: RoundDetail['round']['kind'], { grades }: Scale): string =>
  grades
    .map((grade) => (appoints(kind) || grade.points === null ? grade.title : `${grade.title} ${grade.points} 分`))
    .join('、')

/** One round: its plan, its slips, how many came back, its close. */
export function RoundPage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const [slips, setSlips] = useState<Slips | null>(null)
  const round = useQuery({
    queryKey: ['appraisal', 'round', Number(id)],
    queryFn: () => get<RoundDetail>(`/api/appraisal/rounds/${id}`),
    // The count of returns alone moves while a round is open.
    refetchInterval: (query) => (query.state.data?.round.state === 'open' ? 15_000 : false),
  })
  if (slips) return <SlipSheet slips={slips} close={() => setSlips(null)} />
  return <Loaded query={round}>{(found) => <Content found={found} print={setSlips} />}</Loaded>
}

function Content({ found, print }: { found: RoundDetail; print: (slips: Slips) => void }): ReactElement {
  const { round, returned } = found
  const may = useMay()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<Asking>(null)
  const refresh = (): void => void queries.invalidateQueries({ queryKey: ['appraisal'] })
  const run = may('appraisal.run')
  const address = `/api/appraisal/rounds/${round.id}`
  const byAccount = round.groups.some((group) => group.channel === 'account')
  const issued = round.groups.reduce((sum, group) => sum + group.issued, 0)
  return (
    <Page
      title={round.title}
      crumbs={[{ title: '民主评议', to: '/appraisal' }]}
      help={`${round.unitName} · ${ROUND_KINDS[round.kind]}`}
      actions={
        <>
          {(round.state === 'setup' || round.state === 'open') && run && (
            <Button onClick={() => setAsking({ kind: 'abandon' })}>作废</Button>
          )}
          {round.state === 'setup' && may('appraisal.write') && (
            <LinkButton to={`/appraisal/rounds/${round.id}/edit`}>修改方案</LinkButton>
          )}
          <LinkButton to={`/appraisal/rounds/${round.id}/form`}>打印空白表</LinkButton>
          {round.state === 'setup' && run && (
            <Button type="primary" onClick={() => setAsking({ kind: 'open' })}>
              开始评议
            </Button>
          )}
          {round.state === 'open' && run && (
            <Button type="primary" onClick={() => setAsking({ kind: 'close' })}>
              结束评议
            </Button>
          )}
          {round.state === 'closed' && found.maySeeResults && (
            <LinkButton type="primary" to={`/appraisal/rounds/${round.id}/results`}>
              查看结果
            </LinkButton>
          )}
        </>
      }
    >
      {round.state === 'abandoned' && <Notice tone="warn">这次评议已作废：{round.abandonedFor}</Notice>}
      {round.state === 'open' && returned === null && (
        <Notice tone="bad">
          评议箱文件不在这台服务器上，不能收表和计票。请联系系统管理员找回；找不回的，作废后重新评议。
        </Notice>
      )}
      {round.state === 'open' && returned !== null && (
        <Notice tone="info">
          已发出 {numberText(issued)} 张，已收回 <b>{numberText(returned ?? 0)}</b>{' '}
          张。评议结束以前只显示收回张数，任何人都看不到内容。
        </Notice>
      )}
      {round.state === 'closed' && !found.maySeeResults && (
        <Notice>
          评议已经结束。结果只给{round.resultsUnitId === round.unitId ? '本单位有权查看的职务' : '上一级工会'}查看。
        </Notice>
      )}
      <Card title="评议人" flush>
        <DataTable
          caption="评议人"
          rows={round.groups}
          rowKey={(group) => group.id}
          columns={[
            { id: 'name', title: '组别', lead: true, render: (group) => `${group.class ?? ''}${group.name}` },
            { id: 'channel', title: '评议方式', render: (group) => CHANNELS[group.channel] },
            { id: 'weight', title: '权重', number: true, render: (group) => `${group.weight}%` },
            { id: 'planned', title: '应发', number: true, render: (group) => numberText(group.planned) },
            { id: 'issued', title: '已发', number: true, render: (group) => numberText(group.issued) },
            {
              id: 'returned',
              title: '收回',
              number: true,
              render: (group) => (group.returned === null ? '结束后公布' : numberText(group.returned)),
            },
          ]}
          {...((round.state === 'open' || (round.state === 'setup' && byAccount)) &&
            run && {
              renderActions: (group: Group) =>
                group.channel === 'account' ? (
                  <AccountGroup round={round} group={group} refresh={refresh} />
                ) : round.state === 'setup' ? null : group.channel === 'paper' ? (
                  <Link to={`/appraisal/rounds/${round.id}/papers/${group.id}` as never}>录入计票</Link>
                ) : (
                  <button type="button" className="link" onClick={() => setAsking({ kind: 'slips', group })}>
                    {`${group.issued ? '补打' : '打印'}${group.class ?? ''}${group.name}评议条`}
                  </button>
                ),
            })}
          empty={null}
        />
      </Card>
      <Card title="方案" aside={<StatusTag text={ROUND_STATES[round.state][0]} tone={ROUND_STATES[round.state][1]} />}>
        <Facts
          items={[
            { label: '评议期间', value: `${round.heldOn} 至 ${round.closesOn}` },
            {
              label: '等次',
              value: answersText(round.kind, scaleAt(round, 0)),
            },
            {
              label: '评议项目',
              value: round.criteria
                .map((title, at) =>
                  round.scales[at] ? `${title}（${answersText(round.kind, scaleAt(round, at))}）` : title,
                )
                .join('、'),
            },
            { label: '无效票', value: round.whole === 'complete' ? '有一项未评的' : `“${round.criteria[0]}”未评的` },
            { label: '不公布', value: `少于 ${round.least} 份有效票的数字` },
            {
              label: '最高等次',
              value: round.topMost ? `每人最多评 ${round.topMost} 个${round.grades[0]!.title}` : '不限个数',
            },
          ]}
        />
      </Card>
      <Card title={`评议对象（${round.subjects.length}）`} flush>
        <DataTable
          caption="评议对象"
          rows={round.subjects}
          rowKey={(subject) => subject.id}
          columns={[
            { id: 'name', title: '姓名（名称）', lead: true, render: (subject) => subject.name },
            { id: 'post', title: '职务', render: (subject) => subject.post ?? '' },
            ...(naming(round.kind)
              ? [
                  { id: 'seats', title: '最多推荐', number: true, render: (subject: Subject) => `${subject.seats} 人` },
                  {
                    id: 'nominees',
                    title: '名单',
                    wrap: true,
                    render: (subject: Subject) =>
                      subject.nominees.map((one) => one.name).join('、') || '由推荐人写姓名',
                  },
                ]
              : []),
            ...(round.subjects.some((subject) => subject.classes.length)
              ? [
                  {
                    id: 'classes',
                    title: '任教班级',
                    wrap: true,
                    render: (subject: Subject) => subject.classes.join('、'),
                  },
                ]
              : []),
            {
              id: 'report',
              title: '述职报告',
              wrap: true,
              render: (subject) =>
                subject.report ? (
                  <details>
                    <summary>展开述职报告</summary>
                    <p style={{ whiteSpace: 'pre-line' }}>{subject.report}</p>
                  </details>
                ) : (
                  ''
                ),
            },
          ]}
          empty={null}
        />
      </Card>
      {asking?.kind === 'open' && (
        <Dialog
          title="开始评议"
          okText="开始评议"
          done="评议已经开始，请打印评议条。"
          close={() => setAsking(null)}
          work={() => post(`${address}/open`).then(refresh)}
        >
          {() => <p>开始后方案不能再改。请先核对评议对象、各组人数和权重。</p>}
        </Dialog>
      )}
      {asking?.kind === 'close' && (
        <Dialog
          title="结束评议"
          okText="结束并计票"
          danger
          done="评议已结束，结果已经算出。"
          close={() => setAsking(null)}
          work={() => post(`${address}/close`).then(refresh)}
        >
          {() => (
            <p>
              结束后不再收表，没有交的评议条全部作废。已收回 {numberText(returned ?? 0)} 张，共发出 {numberText(issued)}{' '}
              张。
            </p>
          )}
        </Dialog>
      )}
      {asking?.kind === 'abandon' && <Abandon address={address} refresh={refresh} close={() => setAsking(null)} />}
      {asking?.kind === 'slips' && (
        <Print
          group={asking.group}
          close={() => setAsking(null)}
          work={async (count) => {
            print(await post<Slips>(`${address}/slips`, { groupId: asking.group.id, ...(count && { count }) }))
            refresh()
          }}
        />
      )}
    </Page>
  )
}
