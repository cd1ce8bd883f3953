import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { Loaded } from '../../../web/ui/states.tsx'
import { Verdict } from '../../../web/ui/Verdict.tsx'
import { Annulment } from './Election.tsx'
import type { DetailShape } from './shapes.ts'

/** Every ballot with its derivation on paper, with places to sign. */
export function PrintResult(): ReactElement {
  const id = Number((useParams({ strict: false }) as { id: string }).id)
  const detail = useQuery({ queryKey: ['election', id], queryFn: () => get<DetailShape>(`/api/elections/${id}`) })
  return (
    <Loaded query={detail}>
      {({ election, ballots, annulment }) => (
        <main className="page narrow stack" style={{ padding: '24px 16px' }}>
          <div className="row no-print">
            <Button onClick={() => window.print()}>打印</Button>
          </div>
          <h1>{election.title.endsWith('选举') ? `${election.title}结果` : `${election.title}选举结果`}</h1>
          <p>
            {election.unitName} · {election.heldOn}
          </p>
          <Annulment annulment={annulment} />
          {ballots
            .filter((ballot) => ballot.result)
            .map((ballot) => (
              <section key={ballot.vote.id}>
                <h2>{ballot.vote.title}</h2>
                <Verdict result={ballot.result!} />
              </section>
            ))}
          <p>总监票人：　　　　　　监票人：　　　　　　计票人：　　　　　　主持人：</p>
        </main>
      )}
    </Loaded>
  )
}
