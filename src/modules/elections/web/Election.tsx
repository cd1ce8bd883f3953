import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Loaded, Notice } from '../../../web/ui/states.tsx'
import { Tabs } from '../../../web/ui/Tabs.tsx'
import { Candidates } from './Candidates.tsx'
import { Course } from './Course.tsx'
import { Deeds } from './Deeds.tsx'
import { ElectionTag } from './Elections.tsx'
import { Papers } from './Papers.tsx'
import { Results } from './Results.tsx'
import type { DetailShape } from './shapes.ts'
import { Seats } from './Seats.tsx'
import { Sittings } from './Sittings.tsx'
import './elections.css'

/** Reads the election again, and whatever shows it. */
export function useRefresh(id: number): () => void {
  const queries = useQueryClient()
  return () => {
    for (const key of [['election', id], ['elections'], ['todos'], ['sitting'], ['vote']])
      void queries.invalidateQueries({ queryKey: key })
  }
}

/** An election: where it stands, who stands, who came, how it was counted, what goes on paper. */
export function ElectionPage(): ReactElement {
  const id = Number((useParams({ strict: false }) as { id: string }).id)
  const detail = useQuery({ queryKey: ['election', id], queryFn: () => get<DetailShape>(`/api/elections/${id}`) })
  return (
    <Loaded query={detail}>
      {(shown) => (
        <Page
          title={shown.election.title}
          crumbs={[{ title: '工会选举', to: '/elections' }]}
          help={
            <span className="row">
              <ElectionTag state={shown.election.state} />
              {shown.election.unitName} · 选举日 {shown.election.heldOn}
            </span>
          }
          actions={<Deeds detail={shown} />}
        >
          <Annulment annulment={shown.annulment} />
          <Card flush>
            <Tabs
              tabs={[
                { id: 'course', title: '进程与检查', render: () => <Course detail={shown} /> },
                { id: 'candidates', title: '候选人', render: () => <Candidates detail={shown} /> },
                { id: 'sittings', title: '签到与发票', render: () => <Sittings detail={shown} /> },
                { id: 'results', title: '计票与结果', render: () => <Results detail={shown} /> },
                ...(shown.election.kind === 'delegates'
                  ? [
                      {
                        id: 'seats',
                        title: '代表入席',
                        render: () => <Seats electionId={id} state={shown.election.state} />,
                      },
                    ]
                  : []),
                { id: 'papers', title: '文书', render: () => <Papers detail={shown} /> },
              ]}
            />
          </Card>
        </Page>
      )}
    </Loaded>
  )
}

/** Stands above everything else: what the pages below show counts no more, or perhaps soon. */
export function Annulment({ annulment }: { annulment: DetailShape['annulment'] }): ReactElement | null {
  if (!annulment || annulment.state === 'dropped') return null
  const { proposedName, answeredName, answeredOn, decidedOn, document, reason } = annulment
  return (
    <Notice tone="bad">
      {annulment.state === 'proposed'
        ? `${proposedName}提出认定这次选举无效，等待另一人确认；确认以前当选和席位有效。`
        : `${proposedName}提出、${answeredName}于 ${answeredOn} 确认这次选举无效，由此产生的代表席位自 ${decidedOn} 起终止。`}
      依据{document}：{reason}。
    </Notice>
  )
}
