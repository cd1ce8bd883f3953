import { useState, type ReactElement } from 'react'
import { Select } from 'antd'
import { DataTable } from '../../../web/ui/DataTable.tsx'
import { Notice } from '../../../web/ui/states.tsx'
import { moneyText } from '../../../web/ui/values.tsx'
import { reasons, type Version } from './shapes.ts'

interface Line {
  label: string
  of: (version: Version) => string
}

const rows: readonly Line[] = [
  { label: '日期', of: (version) => version.onDay },
  { label: '主要致困原因', of: (version) => version.ground },
  { label: '疾病', of: (version) => version.diagnosis ?? '没有填写' },
  {
    label: '共同生活的家属',
    of: (version) =>
      version.relatives
        .map((kin) => `${kin.name}（${kin.relation}${kin.incomeFen ? `，月收入 ${moneyText(kin.incomeFen)} 元` : ''}）`)
        .join('、') || '无',
  },
  { label: '家庭人口', of: (version) => `${version.familySize} 人` },
  { label: '家庭年收入', of: (version) => `${moneyText(version.incomeFen)} 元` },
  { label: '因困支出', of: (version) => `${moneyText(version.rigidFen)} 元` },
  { label: '事故灾害损失', of: (version) => (version.accident ? `${moneyText(version.lossFen)} 元` : '无') },
  { label: '月人均', of: (version) => `${moneyText(version.verdict.perCapitaFen)} 元` },
  { label: '不予建档的情形', of: (version) => version.exclusions.join('、') || '无' },
  { label: '结论', of: (version) => version.verdict.category ?? '不符合困难类别' },
  { label: '核查人', of: (version) => version.visitors ?? '没有入户' },
  { label: '登记人', of: (version) => version.by },
]

/** The newest finding beside an earlier one, with what changed marked, and the arithmetic of the newest. */
export function Versions({ versions }: { versions: readonly Version[] }): ReactElement {
  const [now] = versions
  const [chosen, setAgainst] = useState<number | null>(null)
  const against = chosen ?? versions[1]?.no ?? null
  if (!now) return <Notice>还没有家庭情况。</Notice>
  const then = versions.find((version) => version.no === against)
  return (
    <div className="inside stack" style={{ padding: 16, gap: 16 }}>
      {versions.length > 1 && (
        <label className="row" style={{ gap: 8 }}>
          与哪一次对照
          <Select
            aria-label="与哪一次对照"
            value={against}
            style={{ minWidth: 200 }}
            options={versions
              .slice(1)
              .map((version) => ({ value: version.no, label: `${version.onDay} ${reasons[version.reason]}` }))}
            onChange={setAgainst}
          />
        </label>
      )}
      <DataTable
        caption="家庭情况对照"
        rows={rows}
        rowKey={(row) => row.label}
        empty={null}
        columns={[
          { id: 'what', title: '项目', lead: true, width: 170, render: (row) => row.label },
          {
            id: 'now',
            title: `最近：${reasons[now.reason]}`,
            wrap: true,
            render: (row) =>
              then !== undefined && row.of(now) !== row.of(then) ? <mark>{row.of(now)}</mark> : row.of(now),
          },
          ...(then
            ? [{ id: 'then', title: reasons[then.reason], wrap: true, render: (row: Line) => row.of(then) }]
            : []),
        ]}
      />
      <div>
        <h3>怎么判断的</h3>
        <ol className="stack" style={{ gap: 4 }}>
          {now.verdict.steps.map((step) => (
            <li key={step.text}>
              {step.text}：{step.holds ? '符合' : '不符合'}
            </li>
          ))}
        </ol>
        {now.document && <p className="faint">依据：{now.document}</p>}
      </div>
    </div>
  )
}
