import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { useMay } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded, Notice } from '../../../web/ui/states.tsx'
import { numberText, percentText, StatusTag } from '../../../web/ui/values.tsx'
import { appoints, LEAST_NAMED, naming, scored } from '../words.ts'
import { GradeBars } from './GradeBars.tsx'
import { Publish, ReportUp } from './result-dialogs.tsx'
import { scoreText, tablesOf, type ResultsAnswer, type Round, type SubjectResult } from './shapes.ts'

/** Counts, bars, scores, last year beside this one; what may not be told says why. */
export function ResultsPage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const results = useQuery({
    queryKey: ['appraisal', 'results', Number(id)],
    queryFn: () => get<ResultsAnswer>(`/api/appraisal/rounds/${id}/results`),
  })
  return <Loaded query={results}>{(found) => <Content found={found} />}</Loaded>
}

function Content({ found }: { found: ResultsAnswer }): ReactElement {
  const { round, results, before } = found
  const may = useMay()
  const [asking, setAsking] = useState<'report' | 'publish' | null>(null)
  const earlier = (subject: SubjectResult, at: number) => {
    const personId = round.subjects[at]?.personId
    return before?.subjects.find((one) => (personId ? one.personId === personId : one.name === subject.name))
  }
  return (
    <Page
      title={`${round.title}结果`}
      crumbs={[
        { title: '民主评议', to: '/appraisal' },
        { title: round.title, to: `/appraisal/rounds/${round.id}` },
      ]}
      help={`${round.unitName} · ${round.heldOn} 至 ${round.closesOn}`}
      actions={
        <>
          {may('appraisal.run') && !appoints(round.kind) && (
            <Button onClick={() => setAsking('publish')}>在公开栏公布</Button>
          )}
          {may('appraisal.run') && <Button onClick={() => setAsking('report')}>登记上报</Button>}
          <Button type="primary" href={`/api/appraisal/rounds/${round.id}/report.docx`}>
            导出报告
          </Button>
        </>
      }
    >
      <Card title="收发情况">
        <Facts
          items={[
            { label: '发出', value: `${numberText(results.issued)} 张` },
            { label: '收回', value: `${numberText(results.returned)} 张` },
            {
              label: '收回率',
              value:
                results.returnRate === null
                  ? '没有发出'
                  : `${percentText(results.returnRate)}${before?.returnRate ? `（${before.year} 年 ${percentText(before.returnRate)}）` : ''}`,
            },
            { label: '上报', value: round.reportedTo ? `${round.reportedOn} 报${round.reportedTo}` : '还没有上报' },
          ]}
        />
      </Card>
      <Card title={round.criteria[0]!} flush>
        <DataTable
          caption={round.criteria[0]!}
          rows={results.subjects.map((subject, at) => ({ subject, was: earlier(subject, at) }))}
          rowKey={({ subject }) => subject.id}
          columns={[
            { id: 'name', title: '评议对象', lead: true, render: ({ subject }) => subject.name },
            { id: 'post', title: '职务', render: ({ subject }) => subject.post ?? '' },
            { id: 'returned', title: '收回', number: true, render: ({ subject }) => subject.returned },
            { id: 'valid', title: '有效', number: true, render: ({ subject }) => subject.valid },
            ...round.grades.map((grade, at) => ({
              id: `g${at}`,
              title: grade.title,
              number: true,
              render: ({ subject }: { subject: SubjectResult }) =>
                subject.suppressed ? '不公布' : subject.criteria[0]!.counts[at],
            })),
            ...(appoints(round.kind) || !scored(round.grades)
              ? []
              : [
                  {
                    id: 'score',
                    title: '得分',
                    number: true,
                    render: ({ subject }: { subject: SubjectResult }) =>
                      subject.suppressed ? '不公布' : scoreText(subject.criteria[0]!.score),
                  },
                ]),
            ...(before && !appoints(round.kind)
              ? [
                  {
                    id: 'was',
                    title: `${before.year} 年得分`,
                    number: true,
                    render: ({ was }: { was: { score: number | null } | undefined }) => scoreText(was?.score ?? null),
                  },
                ]
              : []),
          ]}
          empty={null}
        />
      </Card>
      {naming(round.kind) &&
        results.subjects.map((subject) => <NamedFor key={subject.id} round={round} subject={subject} />)}
      {(naming(round.kind) ? [] : results.subjects).map((subject) => (
        <Subject key={subject.id} round={round} subject={subject} />
      ))}
      <Remarks found={found} />
      {naming(round.kind) && (
        <p className="faint">票数按推荐表张数相加，各组权重不折算；有效票少于 {round.least} 张的职务不公布。</p>
      )}
      <p className="faint" hidden={appoints(round.kind) || !scored(round.grades)}>
        得分 = 各组平均分 × 权重，满分 100 分。有效票少于 {round.least}{' '}
        张的组与人数最少的其他组合并计算，权重相加，免得从合计里倒推出个人的评价。系统不保存单张评议票。
      </p>
      {asking === 'report' && <ReportUp round={round} close={() => setAsking(null)} />}
      {asking === 'publish' && <Publish round={round} close={() => setAsking(null)} />}
    </Page>
  )
}

/** 民主推荐情况汇总 of one post. */
function NamedFor({ round, subject }: { round: Round; subject: SubjectResult }): ReactElement {
  return (
    <Card title={`推荐任${subject.name}的人`} flush={subject.named !== null}>
      {subject.named ? (
        <>
          <DataTable
            caption={`推荐任${subject.name}的人`}
            rows={subject.named.names}
            rowKey={(one) => one.name}
            columns={[
              { id: 'name', title: '被推荐人', lead: true, render: (one) => one.name },
              { id: 'votes', title: '得票', number: true, render: (one) => one.votes },
              {
                id: 'share',
                title: '占有效票',
                number: true,
                render: (one) => (one.share === null ? '—' : percentText(one.share)),
              },
            ]}
            empty={<Empty small title="没有人得到足够的票数" />}
          />
          {subject.named.otherPeople > 0 && (
            <p className="inside faint">
              另写的姓名中有 {subject.named.otherPeople} 人合计 {subject.named.otherVotes} 票，每人少于 {LEAST_NAMED}{' '}
              票，不列姓名，也不保存。
            </p>
          )}
        </>
      ) : (
        <Notice tone="warn">
          收回 {subject.returned} 张，有效 {subject.valid} 张，少于 {round.least} 张，不公布推荐情况。
        </Notice>
      )}
    </Card>
  )
}

function Subject({ round, subject }: { round: Round; subject: SubjectResult }): ReactElement {
  const good = round.grades
    .slice(0, round.goodGrades)
    .map((grade) => grade.title)
    .join('和')
  return (
    <Card
      title={subject.post ? `${subject.name}（${subject.post}）` : subject.name}
      aside={
        subject.good && (
          <span className="quiet">
            {good} {subject.good.count} 票，占 {subject.good.of} 票的{' '}
            {subject.good.share === null ? '—' : percentText(subject.good.share)}
          </span>
        )
      }
    >
      {subject.suppressed ? (
        <Notice tone="warn">
          收回 {subject.returned} 张，有效 {subject.valid} 张，少于 {round.least}{' '}
          张。为了不让人看出是谁评的，不公布评价情况。
        </Notice>
      ) : (
        <div className="stack" style={{ gap: 16 }}>
          {tablesOf(round).map(({ scale, criteria }) => (
            <GradeBars
              key={criteria[0]}
              caption={`${subject.name}各项评价：${criteria.map((at) => round.criteria[at]).join('、')}`}
              grades={scale.grades.map((grade) => grade.title)}
              choices={!scored(scale.grades)}
              rows={criteria.map((at) => ({
                label: round.criteria[at]!,
                counts: subject.criteria[at]!.counts,
                blank: subject.criteria[at]!.blank,
                ...(!appoints(round.kind) && scored(scale.grades) && { score: scoreText(subject.criteria[at]!.score) }),
              }))}
            />
          ))}
          {subject.cells.length > 1 && (
            <GradeBars
              caption={`${subject.name}各组${round.criteria[0]}`}
              grades={round.grades.map((grade) => grade.title)}
              choices={!scored(round.grades)}
              rows={subject.cells.map((cell) => ({
                label: `${cell.groups.join('、')}（${cell.weight}%）`,
                counts: cell.criteria[0]!.counts,
                blank: cell.criteria[0]!.blank,
              }))}
            />
          )}
          {subject.cells.some((cell) => cell.together) && (
            <div className="row">
              <StatusTag text="合并计算" tone="info" />
              <span className="quiet">
                {subject.cells
                  .filter((cell) => cell.together)
                  .map((cell) => cell.groups.join('、'))
                  .join('；')}
                中有的组不足 {round.least} 张有效票，不单独列出。
              </span>
            </div>
          )}
        </div>
      )}
    </Card>
  )
}

function Remarks({ found: { round, results } }: { found: ResultsAnswer }): ReactElement | null {
  if (results.remarksHidden)
    return <Notice tone="warn">收回的评议票少于 {round.least} 张，写的意见不保存、不公布。</Notice>
  if (!results.remarks.length) return null
  const nameOf = (id: number | null): string =>
    results.subjects.find((subject) => subject.id === id)?.name ?? '总的意见'
  return (
    <Card title={`意见（${results.remarks.length} 条，已打乱顺序）`}>
      <ul className="stack" style={{ gap: 8 }}>
        {results.remarks.map((remark) => (
          <li key={`${remark.subjectId}${remark.words}`}>
            <span className="faint">{nameOf(remark.subjectId)}：</span>
            {remark.words}
          </li>
        ))}
      </ul>
    </Card>
  )
}
