import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { Page } from '../../../web/ui/Page.tsx'
import { Loaded } from '../../../web/ui/states.tsx'
import { Tabs } from '../../../web/ui/Tabs.tsx'
import { KINDS } from '../words.ts'
import { Constituencies, Panels } from './Constituencies.tsx'
import { Delegates } from './Delegates.tsx'
import type { TermDetail } from './shapes.ts'
import { TermDialog, type AskingOfTerm } from './term-dialogs.tsx'
import { TermSessions } from './TermSessions.tsx'

/** A term: its delegates, electoral units, delegations, sessions and resolutions. */
export function Term(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const term = useQuery({
    queryKey: ['congress', 'term', id],
    queryFn: () => get<TermDetail>(`/api/congress/terms/${id}`),
  })
  return <Loaded query={term}>{(detail) => <Detail detail={detail} />}</Loaded>
}

function Detail({ detail }: { detail: TermDetail }): ReactElement {
  const { term, may, delegates } = detail
  const queries = useQueryClient()
  const [asking, setAsking] = useState<AskingOfTerm | null>(null)
  const title = `第${term.ordinal}届${KINDS[term.kind]}`
  const write = may.write && !term.endedOn
  const seated = delegates.filter((one) => !one.toOn).length
  const close = (): void => {
    setAsking(null)
    void queries.invalidateQueries({ queryKey: ['congress'] })
  }
  return (
    <Page
      title={title}
      crumbs={[{ title: '职代会与会员代表大会', to: '/congress' }]}
      help={`${term.unitName}，任期 ${term.startsOn} 至 ${term.dueOn}${term.endedOn ? `，${term.endedOn} 已换届` : ''}`}
      actions={
        <>
          <Button href={`/api/congress/terms/${term.id}/roster`} target="_blank">
            打印代表名册
          </Button>
          {may.export && <Button href={`/api/congress/terms/${term.id}/delegates.xlsx`}>导出代表名单</Button>}
        </>
      }
    >
      <Tabs
        tabs={[
          {
            id: 'delegates',
            title: `代表 ${seated}`,
            render: () => <Delegates detail={detail} write={write} ask={setAsking} />,
          },
          {
            id: 'units',
            title: '选举单位',
            render: () => <Constituencies detail={detail} write={write} ask={setAsking} />,
          },
          { id: 'panels', title: '团组', render: () => <Panels detail={detail} write={write} ask={setAsking} /> },
          { id: 'sessions', title: '会议与决议', render: () => <TermSessions detail={detail} /> },
        ]}
      />
      {asking && <TermDialog asking={asking} detail={detail} close={close} />}
    </Page>
  )
}
