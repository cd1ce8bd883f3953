import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { SheetPage } from '../../../web/pages/print/SheetPage.tsx'
import { Loaded } from '../../../web/ui/states.tsx'
import { CHANNELS, KINDS, numberText, PARTS, VERDICTS } from '../words.ts'
import type { MotionShape } from './shapes.ts'

/** 提案表: the form as it is signed and filed, with reply and verdict once there are some. */
export function PrintMotion(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const motion = useQuery({ queryKey: ['motion', Number(id)], queryFn: () => get<MotionShape>(`/api/motions/${id}`) })
  return <Loaded query={motion}>{(found) => <Sheet motion={found} />}</Loaded>
}

function Sheet({ motion }: { motion: MotionShape }): ReactElement {
  const name = `职工代表${KINDS[motion.kind]}表`
  const decided = ['rejected', 'settled'].includes(motion.state)
    ? motion.mergedInto
      ? `并入“${motion.intoTitle}”一并办理`
      : `不单独立案：${motion.reason ?? ''}`
    : motion.filedOn
      ? `立案。${motion.filedOn}`
      : ''
  const seconders = motion.seconders.filter((one) => one.agreed).map((one) => one.name)
  const long = { height: '30mm', verticalAlign: 'top', whiteSpace: 'pre-line' } as const
  const wide = (label: string, text: string, tall = true): ReactElement => (
    <tr key={label}>
      <th scope="row" style={{ width: '16%' }}>
        {label}
      </th>
      <td colSpan={3} style={tall ? long : undefined}>
        {text}
      </td>
    </tr>
  )
  return (
    <SheetPage title={name}>
      <h1>{name}</h1>
      <div className="meta">
        <span>单位：{motion.unitName}</span>
        <span>编号：{numberText(motion.series, motion.number) || '　　　　'}</span>
      </div>
      <table className="paper-table">
        <tbody>
          <tr>
            <th scope="row" style={{ width: '16%' }}>
              提案人
            </th>
            <td style={{ width: '34%' }}>{motion.moverName ?? '未署名'}</td>
            <th scope="row" style={{ width: '16%' }}>
              代表团（分会）
            </th>
            <td>{motion.delegation ?? ''}</td>
          </tr>
          <tr>
            <th scope="row">届次</th>
            <td>{motion.session ?? CHANNELS[motion.channel]}</td>
            <th scope="row">提交日期</th>
            <td>{motion.receivedOn ?? ''}</td>
          </tr>
          {wide('附议人', seconders.join('、'), false)}
          {wide('题目', motion.title, false)}
          {wide('情况和理由', motion.body)}
          {wide('具体建议', motion.remedy ?? '')}
          {wide('提案小组意见', decided, false)}
          {wide(
            '分管领导批示',
            motion.leader
              ? `${motion.leader}：请${motion.assignments
                  .filter((one) => one.round === 1)
                  .map((one) => `${one.department}${PARTS[one.part]}`)
                  .join('，')}，${motion.assignments[0]?.dueOn ?? motion.dueOn} 前答复。`
              : '',
            false,
          )}
          {motion.assignments
            .filter((one) => one.reply || one.part === 'lead')
            .map((one) =>
              wide(
                `${one.department}${one.part === 'lead' ? '答复' : '会签'}${one.round === 2 ? '（重办）' : ''}`,
                one.reply ? `${one.reply}\n（${one.outcome}，${one.repliedOn}）` : '',
              ),
            )}
          {wide(
            '提案人意见',
            motion.verdicts
              .map((one) => `${VERDICTS[one.verdict]}${one.words ? `：${one.words}` : ''}（${one.givenOn}）`)
              .join('\n') || '□ 满意　□ 基本满意　□ 不满意',
            false,
          )}
        </tbody>
      </table>
      <div className="sign-places">
        {['提案人', '承办部门负责人', '分管领导', '提案小组'].map((place) => (
          <span key={place}>{place}：</span>
        ))}
      </div>
    </SheetPage>
  )
}

/** The report of handling as the page it is in Word, to read and print. */
export function PrintReport(): ReactElement {
  const search = useSearch({ strict: false }) as Record<string, string>
  const report = useQuery({
    queryKey: ['motion-report', search],
    queryFn: () => get<{ html: string }>('/api/motion-report', search),
  })
  return (
    <Loaded query={report}>
      {({ html }) => (
        <main style={{ height: '100vh', display: 'flex', flexDirection: 'column' }}>
          <div className="topbar print-bar no-print">
            <span className="quiet">提案办理情况报告</span>
            <span className="push" />
            <button
              type="button"
              className="link"
              onClick={() => (document.querySelector('iframe') as HTMLIFrameElement).contentWindow?.print()}
            >
              打印
            </button>
          </div>
          <iframe title="提案办理情况报告" srcDoc={html} style={{ flex: 1, border: 0, width: '100%' }} />
        </main>
      )}
    </Loaded>
  )
}
