import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Dropdown, Modal } from 'antd'
import { useState, type ReactElement } from 'react'
import { AUDIENCES, type Audience } from '../../../kernel/small-groups/audience.ts'
import { get, post, put } from '../../api.ts'
import { path } from '../../path.ts'
import type { Block, LintLine, OpenFigure, ReportChange, ReportDetail, ReportFigure } from '../../shapes.ts'
import { FigureDrawer } from '../../ui/FigureDrawer.tsx'
import { Page } from '../../ui/Page.tsx'
import { Loaded, Problem } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { Changes } from './Changes.tsx'
import { AudienceChoice } from './AudienceChoice.tsx'
import { ReportSide } from './ReportSide.tsx'
import { ReportStateTag } from './ReportStateTag.tsx'
import { BlockEditor, BlockText } from './Blocks.tsx'

export function Report(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const report = useQuery({ queryKey: ['report', Number(id)], queryFn: () => get<ReportDetail>(`/api/reports/${id}`) })
  return <Loaded query={report}>{(detail) => <Opened key={detail.id} report={detail} />}</Loaded>
}

const formats = [
  { key: 'docx', label: 'Word 文档（可签发）' },
  { key: 'xlsx', label: 'Excel 数字表' },
  { key: 'html', label: '网页（可打印成 PDF）' },
  { key: 'json', label: 'JSON 数据' },
]

function Opened({ report }: { report: ReportDetail }): ReactElement {
  const queries = useQueryClient()
  const [open, setOpen] = useState<OpenFigure | null>(null)
  const [editing, setEditing] = useState<string | null>(null)
  const [changes, setChanges] = useState<ReportChange[] | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [freezing, setFreezing] = useState(false)
  const [asking, setAsking] = useState<Audience | null>(null)
  const frozen = report.state === 'frozen'
  const mayWrite = report.may.write && !frozen

  const act = async (work: () => Promise<unknown>, done?: string): Promise<boolean> => {
    setBusy(true)
    setError(null)
    try {
      await work()
      await queries.invalidateQueries({ queryKey: ['report', report.id] })
      void queries.invalidateQueries({ queryKey: ['reports'] })
      if (done) toast(done)
      return true
    } catch (refusal) {
      setError(refusal)
      window.scrollTo({ top: 0 })
      return false
    } finally {
      setBusy(false)
    }
  }
  const save = async (blocks: Block[]): Promise<void> => {
    const body = {
      title: report.body.title,
      blocks: blocks.map(({ id, kind, level, runs, section }) => ({ id, kind, level, runs, section })),
    }
    if (await act(() => put(`/api/reports/${report.id}`, { version: report.version, body }), '已保存为新的一版。'))
      setEditing(null)
  }
  const regenerate = (audience?: Audience): void =>
    void act(async () => {
      const answer = await post<{ changes: ReportChange[] }>(`/api/reports/${report.id}/regenerate`, {
        version: report.version,
        ...(audience && { audience }),
      })
      setAsking(null)
      if (answer.changes.length === 0) toast('台账没有变化，报告与上一版相同。')
      setChanges(answer.changes.length ? answer.changes : null)
    })
  const freeze = (): Promise<boolean> =>
    act(() => post(`/api/reports/${report.id}/freeze`, { version: report.version }), '已定稿。')
  const openFigure = (figure: ReportFigure): void => setOpen({ ...figure, watermark: report.watermark })
  // The check counts everything anew; the text is there before it is done.
  const remarks = useQuery({
    queryKey: ['report', report.id, 'remarks', report.version],
    queryFn: () => get<{ remarks: LintLine[] }>(`/api/reports/${report.id}/remarks`).then((answer) => answer.remarks),
    staleTime: 60_000,
  })
  const flagged = new Set((remarks.data ?? []).map((line) => line.blockId).filter(Boolean))
  const blocks = report.body.blocks

  return (
    <Page
      title={report.title}
      crumbs={[{ title: '工作报告', to: path.reports }]}
      help={
        <span className="row">
          <ReportStateTag state={report.state} /> {report.genreTitle} · {AUDIENCES[report.audience].title} · 第{' '}
          {report.version} 版 · {report.periodFrom} 至 {report.periodTo}
        </span>
      }
      actions={
        <>
          {mayWrite && (
            <Button disabled={busy} onClick={() => regenerate()}>
              重新生成
            </Button>
          )}
          {mayWrite && (
            <Button disabled={busy} onClick={() => setAsking(report.audience)}>
              给谁看
            </Button>
          )}
          {report.may.sign && report.state === 'draft' && (
            <Button
              disabled={busy}
              onClick={() =>
                void act(() => post(`/api/reports/${report.id}/sign`, { version: report.version }), '已签发。')
              }
            >
              签发
            </Button>
          )}
          {report.may.sign && !frozen && (
            <Button disabled={busy} onClick={() => setFreezing(true)}>
              定稿
            </Button>
          )}
          {report.may.export && (
            <Dropdown
              trigger={['click']}
              menu={{
                items: formats.map(({ key, label }) => ({
                  key,
                  label: (
                    <a
                      href={`/api/reports/${report.id}/file.${key}`}
                      {...(key === 'html' && { target: '_blank', rel: 'noreferrer' })}
                    >
                      {label}
                    </a>
                  ),
                })),
              }}
            >
              <Button type="primary">下载</Button>
            </Dropdown>
          )}
        </>
      }
    >
      {error !== null && (
        <Problem error={error} retry={() => void queries.invalidateQueries({ queryKey: ['report', report.id] })} />
      )}
      {changes && (
        <section className="card">
          <header>
            <h2>重新生成改动了 {changes.length} 处</h2>
            <button type="button" className="link" onClick={() => setChanges(null)}>
              知道了
            </button>
          </header>
          <Changes changes={changes} />
        </section>
      )}
      <div className="report-layout">
        <article className="card report-paper">
          <div className="report-text">
            <div className="paper-title">{report.body.title}</div>
            {report.body.addressee && <p style={{ textIndent: 0 }}>{report.body.addressee}：</p>}
            {blocks.map((block, index) =>
              editing === block.id ? (
                <BlockEditor
                  key={block.id}
                  block={block}
                  report={report}
                  busy={busy}
                  cancel={() => setEditing(null)}
                  save={(runs) => void save(blocks.map((one) => (one.id === block.id ? { ...one, runs } : one)))}
                  remove={() => void save(blocks.filter((one) => one.id !== block.id))}
                />
              ) : (
                <div
                  key={block.id}
                  id={`block-${block.id}`}
                  className={['block', flagged.has(block.id) && 'flagged', block.manual && 'manual']
                    .filter(Boolean)
                    .join(' ')}
                >
                  <BlockText block={block} report={report} open={openFigure} />
                  {mayWrite && block.kind !== 'table' && (
                    <span className="tools no-print">
                      <button
                        type="button"
                        className="link faint"
                        aria-label={`修改第 ${index + 1} 段`}
                        onClick={() => setEditing(block.id)}
                      >
                        修改
                      </button>
                    </span>
                  )}
                </div>
              ),
            )}
            <div style={{ textAlign: 'right', marginTop: 28 }}>
              {report.body.signature.organ}
              <br />
              {report.body.signature.date}
            </div>
            {mayWrite && (
              <div className="no-print" style={{ marginTop: 24, fontFamily: 'var(--sans)' }}>
                <Button
                  onClick={() => {
                    const id = `hand-${Date.now().toString(36)}`
                    const signature = blocks.findLastIndex((block) => block.section !== 'appendix')
                    void save(
                      blocks.toSpliced(signature + 1, 0, { id, kind: 'paragraph', runs: [{ text: '（请填写）' }] }),
                    ).then(() => setEditing(id))
                  }}
                >
                  在末尾加一段
                </Button>
              </div>
            )}
          </div>
        </article>
        <ReportSide report={report} remarks={remarks} act={act} />
      </div>
      {asking && (
        <Modal
          open
          title="这份报告给谁看"
          okText="重新生成"
          okButtonProps={{ loading: busy, disabled: asking === report.audience }}
          onOk={() => regenerate(asking)}
          onCancel={() => setAsking(null)}
        >
          <AudienceChoice audience={asking} busy={busy} choose={setAsking} />
          <p className="faint">选好后按台账重新生成一版，手写的句子保留；其中手写的数字请自己核对。</p>
        </Modal>
      )}
      {freezing && (
        <Modal
          open
          title="定稿这份报告"
          okText="定稿"
          okButtonProps={{ loading: busy }}
          onOk={() => void freeze().then(() => setFreezing(false))}
          onCancel={() => setFreezing(false)}
        >
          定稿后文字和数字不能再改，以后补登的记录也不会影响它；每个数字仍可点开看依据。
        </Modal>
      )}
      {open && <FigureDrawer figure={open} close={() => setOpen(null)} />}
    </Page>
  )
}
