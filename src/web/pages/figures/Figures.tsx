import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { Suspense, lazy, useState, type ReactElement } from 'react'
import { DOMAINS, type Domain } from '../../../kernel/register/declaration.ts'
import { get } from '../../api.ts'
import { path } from '../../path.ts'
import { useAddress, useScope } from '../../session.ts'
import type { FigureShape } from '../../shapes.ts'
import { Page } from '../../ui/Page.tsx'
import { YearByDomain } from './YearByDomain.tsx'
import { matches } from '../../ui/pinyin.ts'
import { Empty, Loaded } from '../../ui/states.tsx'
import { figureValueText, numberText } from '../../ui/values.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'

const FigureDrawer = lazy(() =>
  import('../../ui/FigureDrawer.tsx').then((module) => ({ default: module.FigureDrawer })),
)

/** Everything that was counted for a unit and year, by domain, beside last year's; each figure opens its rows. */
export function Figures(): ReactElement {
  const [address, setAddress] = useAddress()
  const { unitId, unitName, year } = useScope()
  const figures = useQuery({
    queryKey: ['figures', unitId, year],
    queryFn: () => get<{ from: string; to: string; figures: FigureShape[] }>('/api/figures', { unitId, year }),
    enabled: unitId > 0,
    staleTime: 60_000,
  })
  const wanted = address['q'] ?? ''
  const domain = (address['domain'] as Domain | undefined) ?? null
  const all = address['zero'] === '1'
  return (
    <Page
      title={`${year} 年全年数字`}
      help={`${unitName || '本单位'}及下级单位台账里数出来的每一个数。点一个数，可看到它由哪些记录组成。`}
      actions={<Button onClick={() => window.print()}>打印</Button>}
    >
      <div className="card toolbar">
        <input
          className="control"
          type="search"
          style={{ maxWidth: 300 }}
          aria-label="查找指标"
          placeholder="查找指标，例如 慰问、人次"
          value={wanted}
          onChange={(event) => setAddress({ q: event.target.value }, { replace: true })}
        />
        <Select
          aria-label="工作门类"
          allowClear
          placeholder="全部门类"
          style={{ minWidth: 150 }}
          value={domain}
          options={(Object.keys(DOMAINS) as Domain[]).map((value) => ({ value, label: DOMAINS[value] }))}
          onChange={(value: Domain | null) => setAddress({ domain: value ?? null }, { replace: true })}
        />
        <label className="row">
          <input
            type="checkbox"
            checked={all}
            onChange={(event) => setAddress({ zero: event.target.checked ? 1 : null }, { replace: true })}
          />
          也列出没有数的
        </label>
      </div>
      <Loaded query={figures}>
        {(answer) => {
          const shown = answer.figures.filter(
            (figure) =>
              (all || figure.withheld || figure.value !== 0 || (figure.previous ?? 0) !== 0) &&
              (!domain || figure.domain === domain) &&
              (!wanted || matches(figure.label, wanted)),
          )
          const open = answer.figures.find((figure) => figure.metric === address['metric'])
          return (
            <>
              {shown.length === 0 && (
                <div className="card">
                  <Empty
                    title={wanted || domain ? '没有符合条件的数字' : `${year} 年还没有可统计的记录`}
                    actions={
                      !wanted &&
                      !domain && (
                        <LinkButton type="primary" to={path.imports}>
                          导入台账
                        </LinkButton>
                      )
                    }
                  >
                    {wanted || domain
                      ? '换个条件，或勾选“也列出没有数的”。'
                      : '登记或导入台账后，数字会立即出现在这里。'}
                  </Empty>
                </div>
              )}
              {!wanted && !domain && shown.length > 0 && <YearByDomain />}
              {(Object.keys(DOMAINS) as Domain[]).map((one) => {
                const group = shown.filter((figure) => figure.domain === one)
                return (
                  group.length > 0 && (
                    <Group
                      key={one}
                      title={DOMAINS[one]}
                      year={year}
                      figures={group}
                      whole={Boolean(wanted || domain) || shown.length <= FEW * DOMAIN_COUNT}
                      open={(metric) => setAddress({ metric })}
                    />
                  )
                )
              })}
              {open && (
                <Suspense>
                  <FigureDrawer
                    figure={{ ...open, unitId, periodFrom: answer.from, periodTo: answer.to }}
                    close={() => setAddress({ metric: null })}
                  />
                </Suspense>
              )}
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

/** Lines of a subject before somebody asks for the rest: over a thousand figures make no page, a small union's do. */
const FEW = 8
const DOMAIN_COUNT = Object.keys(DOMAINS).length

function Group({
  title,
  year,
  figures,
  whole,
  open,
}: {
  title: string
  year: number
  figures: readonly FigureShape[]
  /** Somebody looks for something: all of it is shown. */
  whole: boolean
  open: (metric: string) => void
}): ReactElement {
  const [all, setAll] = useState(false)
  const first = whole || all || figures.length <= FEW + 2 ? figures : figures.slice(0, FEW)
  const rest = figures.slice(first.length)
  const line = (figure: FigureShape): ReactElement => (
    <Line key={figure.metric} figure={figure} open={() => open(figure.metric)} />
  )
  return (
    <section className="card">
      <header>
        <h2>{title}</h2>
        <span className="faint">
          {numberText(figures.length)} 项　{year} 年 / 上年
        </span>
      </header>
      {first.map(line)}
      {rest.length > 0 && (
        <>
          {/* Paper shows them all. */}
          <div className="figure-rest">{rest.map(line)}</div>
          <div className="figure-more">
            <button type="button" className="link" onClick={() => setAll(true)}>
              展开其余 {numberText(rest.length)} 项
            </button>
          </div>
        </>
      )}
    </section>
  )
}

/** Last year's number, also where this year's is held back. */
const valueText = (figure: FigureShape, value: number): string =>
  figureValueText({ value, unit: figure.unit, kind: figure.kind })

function Line({ figure, open }: { figure: FigureShape; open: () => void }): ReactElement {
  const before = figure.previous ?? null
  const widest = Math.max(figure.value, before ?? 0, 1)
  const better = before !== null && before !== figure.value && figure.value > before !== Boolean(figure.lowerIsBetter)
  return (
    <div className="figure-line">
      <span title={figure.definition}>
        {figure.label}
        {figure.kind === 'rate' && figure.denominator !== undefined && (
          <span className="faint after">
            {numberText(figure.numerator ?? 0)} / {numberText(figure.denominator)}
          </span>
        )}
      </span>
      <span className="value">
        <button
          type="button"
          className="chip"
          onClick={open}
          aria-label={`${figure.label} ${figureValueText(figure)}${figure.withheld ? '' : figure.unit}，查看依据`}
        >
          {figureValueText(figure)}
        </button>
        {figure.unit !== '%' && !figure.withheld && <small>{figure.unit}</small>}
      </span>
      <span className="pair" aria-hidden="true">
        <i style={{ width: `${(figure.value / widest) * 100}%` }} />
        <i style={{ width: `${((before ?? 0) / widest) * 100}%` }} />
      </span>
      <span className="number faint">
        {before === null
          ? `上年${figure.previousText ? ` ${figure.previousText}` : '无'}`
          : `上年 ${valueText(figure, before)}`}
        {before !== null && !figure.withheld && before !== figure.value && (
          <span className={better ? 'up' : 'down'}> {figure.value > before ? '↑' : '↓'}</span>
        )}
      </span>
    </div>
  )
}
