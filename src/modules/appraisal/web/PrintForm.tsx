import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { Loaded } from '../../../web/ui/states.tsx'
import { naming, ROUND_KINDS } from '../words.ts'
import { tablesOf, type Round, type RoundDetail, type Subject } from './shapes.ts'
import './print-form.css'

/** The blank form of a round, for groups that vote on paper: nothing on it tells one form from another. */
export function PrintForm(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const found = useQuery({
    queryKey: ['appraisal', 'round', Number(id)],
    queryFn: () => get<RoundDetail>(`/api/appraisal/rounds/${id}`),
  })
  return (
    <Loaded query={found}>
      {({ round }) => (
        <main className="page narrow stack blank-form">
          <div className="row no-print">
            <Button type="primary" onClick={() => window.print()}>
              打印
            </Button>
            <span className="faint">各张完全一样，按应发人数复印。表上不写姓名、不编号。</span>
          </div>
          <h1>{ROUND_KINDS[round.kind]}表</h1>
          <p>
            {round.title} · {round.unitName} · {round.heldOn}
          </p>
          {naming(round.kind) ? (
            round.subjects.map((subject) => <Post key={subject.id} subject={subject} writeIns={round.writeIns} />)
          ) : (
            <Graded round={round} />
          )}
          <p className="faint">
            {naming(round.kind)
              ? '在名单里选的画“○”，另写的写清姓名；超过人数的，这一职务无效；不推荐的画“弃权”。'
              : `每项选一个画“○”；${round.whole === 'complete' ? '有一项未评' : `“${round.criteria[0]}”未评`}的无效。`}
            不记名，填好后自己投入票箱。
          </p>
        </main>
      )}
    </Loaded>
  )
}

function Post({ subject, writeIns }: { subject: Subject; writeIns: boolean }): ReactElement {
  const lines = writeIns || subject.nominees.length === 0 ? subject.seats! : 0
  return (
    <section>
      <h2>
        拟任职务：{subject.name}（最多推荐 {subject.seats} 人）
      </h2>
      <table>
        <thead>
          <tr>
            <th scope="col">姓名</th>
            <th scope="col">现任职务</th>
            <th scope="col">推荐画“○”</th>
          </tr>
        </thead>
        <tbody>
          {subject.nominees.map((one) => (
            <tr key={one.name}>
              <td>{one.name}</td>
              <td>{one.post}</td>
              <td />
            </tr>
          ))}
          {Array.from({ length: lines }, (_, at) => (
            <tr key={at}>
              <td>{subject.nominees.length > 0 ? '另写：' : ''}</td>
              <td />
              <td />
            </tr>
          ))}
          <tr>
            <td colSpan={2}>弃权</td>
            <td />
          </tr>
        </tbody>
      </table>
    </section>
  )
}

function Graded({ round }: { round: Round }): ReactElement {
  return (
    <>
      {round.subjects.map((subject) => (
        <section key={subject.id}>
          <h2>{subject.post ? `${subject.name}（${subject.post}）` : subject.name}</h2>
          {tablesOf(round).map(({ scale, criteria }) => (
            <table key={criteria[0]}>
              <thead>
                <tr>
                  <th scope="col" className="question">
                    项目
                  </th>
                  {scale.grades.map((grade) => (
                    <th scope="col" key={grade.title}>
                      {grade.title}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {criteria.map((at) => (
                  <tr key={at}>
                    <th scope="row">{round.criteria[at]}</th>
                    {scale.grades.map((grade) => (
                      <td key={grade.title} />
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          ))}
        </section>
      ))}
    </>
  )
}
