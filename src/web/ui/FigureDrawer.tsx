import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Drawer } from 'antd'
import { useState, type ReactElement } from 'react'
import { get } from '../api.ts'
import { path } from '../path.ts'
import { origins } from '../screens.ts'
import type { FigureRow, OpenFigure } from '../shapes.ts'
import { DataTable } from './DataTable.tsx'
import { Facts } from './Page.tsx'
import { Empty, Notice, Problem } from './states.tsx'
import { figureValueText, moneyText, numberText } from './values.tsx'

/** Where a row came from: a record, a membership, a unit. Named but not opened where the reader may not. */
function Origin({ row }: { row: FigureRow }): ReactElement {
  if (!row.mayOpen) return <>{row.registerTitle ?? '无权查看'}</>
  if (row.refKind === 'record' && row.refId)
    return <Link to={path.record(row.refId) as never}>{row.title || row.registerTitle || `编号 ${row.refId}`}</Link>
  const origin = origins[row.refKind]
  if (origin && row.refId)
    return <Link to={origin(row.refId) as never}>{row.title || row.registerTitle || `编号 ${row.refId}`}</Link>
  if (row.personId && row.personName) return <Link to={path.member(row.personId) as never}>{row.personName}</Link>
  return <Link to={path.unit(row.unitId) as never}>{row.unitName}</Link>
}

/** The way down from a number: what it means, how it was counted, the rows, and from each row the record. */
export function FigureDrawer({ figure, close }: { figure: OpenFigure; close: () => void }): ReactElement {
  const rate = figure.kind === 'rate' || figure.kind === 'each'
  const [part, setPart] = useState<'numerator' | 'denominator'>('numerator')
  const money = figure.unit === '元'
  // What an amount is spread over is counted, not paid.
  const moneyRows = money && !(figure.kind === 'each' && part === 'denominator')
  const rows = useInfiniteQuery({
    queryKey: [
      'figure-rows',
      figure.metric,
      figure.unitId,
      figure.periodFrom,
      figure.periodTo,
      figure.recordId,
      figure.watermark,
      rate && part,
    ],
    queryFn: ({ pageParam }) =>
      get<{ rows: FigureRow[]; next: number | null; withheld?: true }>('/api/figures/rows', {
        metric: figure.metric,
        unitId: figure.unitId,
        from: figure.periodFrom,
        to: figure.periodTo,
        recordId: figure.recordId,
        watermark: figure.watermark,
        part: rate ? part : undefined,
        cursor: pageParam,
      }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  })
  const all = rows.data?.pages.flatMap((page) => page.rows)
  const hidden = all?.some((row) => !row.mayOpen)
  return (
    <Drawer
      open
      onClose={close}
      size={Math.min(780, window.innerWidth)}
      title={figure.label}
      styles={{ body: { padding: 0 } }}
    >
      <div style={{ padding: '4px 20px 14px' }}>
        <p style={{ fontSize: '1.72rem', fontWeight: 600, padding: '10px 0 6px' }}>
          {figureValueText(figure)}
          {figure.unit !== '%' && !figure.withheld && (
            <small className="quiet" style={{ fontSize: '0.55em', fontWeight: 400 }}>
              {' '}
              {figure.unit}
            </small>
          )}
        </p>
        <Facts
          items={[
            { label: '统计口径', value: figure.definition ?? `台账中逐条统计的“${figure.label}”`, whole: true },
            { label: '统计期间', value: `${figure.periodFrom} 至 ${figure.periodTo}` },
            ...(figure.text &&
            figure.text.replaceAll(/[^\d.]/g, '') !== figureValueText(figure).replaceAll(/[^\d.]/g, '')
              ? [{ label: '报告写作', value: figure.text }]
              : []),
            ...(rate && figure.numerator !== undefined && figure.denominator !== undefined
              ? [
                  {
                    label: '怎样算出',
                    value: `${money ? moneyText(figure.numerator) : numberText(figure.numerator)} ÷ ${numberText(figure.denominator)} = ${figureValueText(figure)}`,
                  },
                ]
              : []),
            ...(figure.facts > 0 ? [{ label: '依据', value: `${numberText(figure.facts)} 条` }] : []),
          ]}
        />
      </div>
      {rate && (
        <div className="tabs" role="group" aria-label="分子或分母">
          {(['numerator', 'denominator'] as const).map((one) => (
            <button key={one} type="button" aria-selected={part === one} role="tab" onClick={() => setPart(one)}>
              {one === 'numerator' ? '分子' : '分母'}的依据
            </button>
          ))}
        </div>
      )}
      {hidden && (
        <div style={{ padding: '0 20px 12px' }}>
          <Notice>有些记录所在的登记簿您没有查看权限，只能看到它们计入了多少。</Notice>
        </div>
      )}
      {rows.error && !all ? (
        <Problem error={rows.error} retry={() => void rows.refetch()} />
      ) : (
        <DataTable
          caption={`${figure.label}的依据`}
          rows={all}
          rowKey={(row) => row.factId ?? `${row.refKind}${row.refId}${row.onDate}`}
          density="compact"
          columns={[
            { id: 'on', title: '日期', width: 100, render: (row) => <span className="nowrap">{row.onDate}</span> },
            {
              id: 'what',
              title: '记录',
              lead: true,
              render: (row) => <Origin row={row} />,
            },
            { id: 'who', title: '人员', render: (row) => (row.refKind === 'record' ? (row.personName ?? '') : '') },
            { id: 'unit', title: '单位', render: (row) => row.unitName },
            {
              id: 'quantity',
              title: moneyRows ? '金额（元）' : '数量',
              number: true,
              render: (row) =>
                figure.kind === 'stated'
                  ? figureValueText(figure, row.quantity)
                  : moneyRows
                    ? (row.quantity / 100).toFixed(2)
                    : numberText(row.quantity),
            },
          ]}
          empty={
            rows.data?.pages[0]?.withheld ? (
              <Empty title="依据不在这里列出">
                这一项涉及个人隐私，只有能查看这个登记簿的人才能看到依据；人数、户数很少时也不写出准确数字。
              </Empty>
            ) : (
              <Empty title="没有计入的记录">这个期间的台账里没有能计入这一项的记录。</Empty>
            )
          }
        />
      )}
      {rows.hasNextPage && (
        <div className="row" style={{ justifyContent: 'center', padding: 14 }}>
          <Button loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
            再看 50 条
          </Button>
        </div>
      )}
    </Drawer>
  )
}
