import { Navigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useMay, useScope } from '../../../web/session.ts'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Page } from '../../../web/ui/Page.tsx'
import { Loading } from '../../../web/ui/states.tsx'
import { Tabs } from '../../../web/ui/Tabs.tsx'
import { CatalogueTab } from './CatalogueTab.tsx'
import { CoverageTab } from './CoverageTab.tsx'
import { DuesTab } from './DuesTab.tsx'
import { InspectionsTab } from './InspectionsTab.tsx'
import { ItemsTab } from './ItemsTab.tsx'
import { OverdueTab } from './OverdueTab.tsx'
import { QuestionsTab } from './QuestionsTab.tsx'

/** The desk of disclosure: what hangs, what is due, what is late, what was asked, who checks, who has the system. */
export function Openness(): ReactElement {
  const may = useMay()
  const { unitId, unitName } = useScope()
  if (!unitId) return <Loading />
  return (
    <Page
      title="公开工作"
      help="起草 → 审批 → 公开 → 答复意见 → 检查。到期该公开的会提醒，过期未公开的列在“逾期”。"
      actions={
        <>
          <LinkButton to="/board">看公开栏</LinkButton>
          {may('openness.write') && (
            <LinkButton type="primary" to="/openness/new">
              起草公开事项
            </LinkButton>
          )}
        </>
      }
    >
      <section className="card">
        <Tabs
          tabs={[
            { id: 'items', title: '公开事项', render: () => <ItemsTab unitId={unitId} /> },
            { id: 'dues', title: '到期日历', render: () => <DuesTab unitId={unitId} /> },
            { id: 'overdue', title: '逾期', render: () => <OverdueTab unitId={unitId} /> },
            { id: 'questions', title: '意见答复', render: () => <QuestionsTab unitId={unitId} /> },
            {
              id: 'inspections',
              title: '检查',
              render: () => <InspectionsTab unit={{ id: unitId, name: unitName }} />,
            },
            { id: 'coverage', title: '建制率', render: () => <CoverageTab unitId={unitId} /> },
            { id: 'catalogue', title: '公开目录', render: () => <CatalogueTab unitId={unitId} /> },
          ]}
        />
      </section>
    </Page>
  )
}

/** Where the record of an inspection leads. */
export const InspectionOrigin = (): ReactElement => <Navigate to="/openness" search={{ tab: 'inspections' } as never} />

/** Where the record of a coverage check leads. */
export const CoverageOrigin = (): ReactElement => <Navigate to="/openness" search={{ tab: 'coverage' } as never} />
