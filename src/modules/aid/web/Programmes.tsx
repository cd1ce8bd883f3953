import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { useAddress, useMay, useScope } from '../../../web/session.ts'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Empty, Loaded } from '../../../web/ui/states.tsx'
import { moneyText, StatusTag } from '../../../web/ui/values.tsx'
import type { Cycle, Programme } from '../contract.ts'
import { KINDS } from '../words.ts'
import { standing } from './shapes.ts'

/** Programmes and the cycles in hand: the officers' entrance. */
export function Programmes(): ReactElement {
  const scope = useScope()
  const may = useMay()
  const [address, setAddress] = useAddress()
  const programmes = useQuery({
    queryKey: ['aid-programmes', scope.unitId],
    queryFn: () => get<{ programmes: Programme[] }>('/api/aid/programmes', { unitId: scope.unitId }),
    enabled: scope.unitId > 0,
  })
  const cycles = useQuery({
    queryKey: ['aid-cycles', scope.unitId, address['after']],
    queryFn: () =>
      get<{ cycles: Cycle[]; next: number | null }>('/api/aid/cycles', {
        unitId: scope.unitId,
        cursor: address['after'],
      }),
    enabled: scope.unitId > 0,
    placeholderData: keepPreviousData,
  })
  const add = may('aid.manage') && (
    <LinkButton to="/aid/new" type="primary">
      新设项目
    </LinkButton>
  )
  return (
    <Page
      title="帮扶项目"
      help="先定规则，再开批次：预览 → 拟定名单 → 公示不少于 5 个工作日 → 审批 → 发放 → 签收。名单按拟定当天的档案冻结。"
      actions={add}
    >
      <Card title="项目" flush>
        <Loaded query={programmes}>
          {(answer) => (
            <DataTable
              caption="帮扶项目"
              rows={answer.programmes}
              rowKey={(row) => row.id}
              columns={[
                {
                  id: 'title',
                  title: '项目',
                  lead: true,
                  render: (row) => <Link to={`/aid/programmes/${row.id}` as never}>{row.title}</Link>,
                },
                { id: 'kind', title: '种类', render: (row) => KINDS[row.kind].title },
                { id: 'source', title: '资金来源', render: (row) => row.source },
                { id: 'years', title: '期限', render: (row) => `${row.startsOn} 至 ${row.endsOn ?? '长期'}` },
                { id: 'document', title: '依据', wrap: true, render: (row) => row.rule.document },
                { id: 'unit', title: '单位', render: (row) => row.unitName },
              ]}
              empty={
                <Empty title="还没有帮扶项目" actions={add}>
                  送温暖、生活救助、医疗救助、金秋助学都是帮扶项目：写明依据、钱从哪里来、谁符合、发多少。
                </Empty>
              }
            />
          )}
        </Loaded>
      </Card>
      <Card title="批次" flush>
        <Loaded query={cycles}>
          {({ cycles: rows, next }) => (
            <>
              <DataTable
                caption="帮扶批次"
                rows={rows}
                rowKey={(row) => row.id}
                columns={[
                  {
                    id: 'title',
                    title: '批次',
                    lead: true,
                    render: (row) => (
                      <Link to={`/aid/cycles/${row.id}` as never}>
                        {row.programme}·{row.title}
                      </Link>
                    ),
                  },
                  { id: 'unit', title: '单位', render: (row) => row.unitName },
                  { id: 'people', title: '人数', number: true, render: (row) => (row.frozenOn ? row.people : '') },
                  { id: 'families', title: '户数', number: true, render: (row) => (row.frozenOn ? row.families : '') },
                  {
                    id: 'amount',
                    title: '金额（元）',
                    number: true,
                    render: (row) => (row.frozenOn ? moneyText(row.amountFen) : ''),
                  },
                  { id: 'frozen', title: '拟定日期', width: 110, render: (row) => row.frozenOn ?? '' },
                  { id: 'paid', title: '发放日期', width: 110, render: (row) => row.paidOn ?? '' },
                  { id: 'state', title: '状态', render: (row) => <StatusTag {...standing(row.state)} /> },
                ]}
                empty={<Empty title="还没有批次">打开一个项目，先看预览，再开批次。</Empty>}
              />
              {(next ?? address['after']) && (
                <div className="pager">
                  <Button disabled={!address['after']} onClick={() => setAddress({ after: null })}>
                    回到最新
                  </Button>
                  <Button disabled={!next} onClick={() => setAddress({ after: next })}>
                    更早的
                  </Button>
                </div>
              )}
            </>
          )}
        </Loaded>
      </Card>
    </Page>
  )
}
