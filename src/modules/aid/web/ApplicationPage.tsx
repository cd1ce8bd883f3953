import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Button, Checkbox, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { field } from '../../../kernel/register/declaration.ts'
import { get, post, put, Refusal } from '../../../web/api.ts'
import { useMay } from '../../../web/session.ts'
import type { ActRow } from '../../../web/shapes.ts'
import { Attachments } from '../../../web/ui/Attachments.tsx'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { FieldInput, LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { Loaded, Notice, Problem } from '../../../web/ui/states.tsx'
import { Timeline } from '../../../web/ui/Timeline.tsx'
import { toast } from '../../../web/ui/toast.tsx'
import { StatusTag } from '../../../web/ui/values.tsx'
import type { Application } from '../member-contract.ts'
import { APPLICATION_STATES, STAGES } from '../words.ts'

type Found = Application & { acts: ActRow[] }

/** One application: filled in piece by piece, papers photographed one by one, submitted at the end. */
export function ApplicationPage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const application = useQuery({
    queryKey: ['aid-application', id],
    queryFn: () => get<Found>(`/api/aid/applications/${id}`),
  })
  return <Loaded query={application}>{(found) => <Shown key={found.version} found={found} />}</Loaded>
}

function Shown({ found }: { found: Found }): ReactElement {
  const may = useMay()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [version, setVersion] = useState(found.version)
  const [words, setWords] = useState(found.words)
  const [askedFen, setAskedFen] = useState(found.askedFen)
  const [papers, setPapers] = useState(found.papers)
  const [student, setStudent] = useState(found.student ?? '')
  const [stage, setStage] = useState(found.stage)
  const [school, setSchool] = useState(found.school ?? '')
  const [studentNo, setStudentNo] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [returning, setReturning] = useState(false)
  const errors = error instanceof Refusal ? error.fields : {}
  const editable = found.own && found.open && (found.state === 'draft' || found.state === 'returned')
  const refresh = () => queries.invalidateQueries({ queryKey: ['aid-application'] })
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await work()
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }
  // What was typed is kept before it is submitted, also where something still lacks.
  const save = async (): Promise<void> => {
    const kept = await put<{ version: number }>(`/api/aid/applications/${found.id}`, {
      version,
      words,
      askedFen,
      papers,
      student: student || null,
      stage,
      school: school || null,
      studentNo: studentNo || null,
    })
    setVersion(kept.version)
  }
  return (
    <Page
      title={`${found.programme}申请`}
      crumbs={
        found.own
          ? [{ title: '我的帮扶', to: '/aid/mine' }]
          : [{ title: found.cycle, to: `/aid/cycles/${found.cycleId}?tab=applications` }]
      }
      help={`${found.personName} · ${found.cycle} · 申请到 ${found.closesOn} 截止`}
      narrow
    >
      {found.returnedWhy && <Notice tone="warn">请补正后再提交：{found.returnedWhy}</Notice>}
      <Card
        title="申请"
        aside={
          <StatusTag text={APPLICATION_STATES[found.state]} tone={found.state === 'submitted' ? 'good' : 'warn'} />
        }
      >
        <fieldset
          disabled={!editable}
          className="stack"
          style={{ gap: 12, border: 0, padding: 0, margin: 0, minWidth: 0 }}
        >
          {error !== null && (
            <Problem error={error instanceof Refusal ? new Refusal(error.status, error.code, error.message) : error} />
          )}
          <LabelledField
            id="words"
            label="申请理由"
            required
            error={errors['words']}
            help="一两句话即可，不写病情细节。"
          >
            <Input.TextArea
              id="words"
              maxLength={500}
              autoSize={{ minRows: 2 }}
              disabled={!editable}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          </LabelledField>
          {found.kind === 'school' ? (
            <>
              <LabelledField id="student" label="学生姓名" required error={errors['student']}>
                <Input
                  id="student"
                  maxLength={30}
                  disabled={!editable}
                  value={student}
                  onChange={(event) => setStudent(event.target.value)}
                />
              </LabelledField>
              <LabelledField id="stage" label="学段" required error={errors['stage']}>
                <Select
                  id="stage"
                  aria-label="学段"
                  placeholder="请选择"
                  disabled={!editable}
                  value={stage}
                  options={STAGES.map((value) => ({ value, label: value }))}
                  onChange={setStage}
                />
              </LabelledField>
              <LabelledField id="school" label="学校" error={errors['school']}>
                <Input
                  id="school"
                  maxLength={60}
                  disabled={!editable}
                  value={school}
                  onChange={(event) => setSchool(event.target.value)}
                />
              </LabelledField>
              <LabelledField
                id="studentNo"
                label="学籍号或准考证号"
                required
                error={errors['studentNo']}
                help="只用来核对有没有重复申请，系统不保存号码本身。"
              >
                <Input
                  id="studentNo"
                  maxLength={30}
                  disabled={!editable}
                  placeholder={found.hasStudentNo ? '已填写；要改请重新填' : ''}
                  value={studentNo}
                  onChange={(event) => setStudentNo(event.target.value)}
                />
              </LabelledField>
            </>
          ) : (
            <LabelledField id="askedFen" label="申请金额（元）" error={errors['askedFen']} help="不填的，按发放标准。">
              <FieldInput
                id="askedFen"
                field={field.money('askedFen', '申请金额（元）')}
                value={askedFen}
                onChange={(value) => setAskedFen(value as number | null)}
              />
            </LabelledField>
          )}
          {found.needed.length > 0 && (
            <LabelledField
              id="papers"
              label="已备齐的材料"
              group
              error={errors['papers']}
              help="勾选后，请在下面拍照上传。"
            >
              <div id="papers">
                <Checkbox.Group
                  disabled={!editable}
                  options={found.needed}
                  value={papers}
                  onChange={(next) => setPapers(next as string[])}
                />
              </div>
            </LabelledField>
          )}
          {editable && (
            <div className="row">
              <Button
                type="primary"
                loading={busy}
                onClick={() =>
                  void run(async () => {
                    await save()
                    await post(`/api/aid/applications/${found.id}/submit`)
                    toast('申请已提交。')
                    void queries.invalidateQueries({ queryKey: ['aid-mine'] })
                    void navigate({ to: '/aid/mine' as never })
                  })
                }
              >
                提交申请
              </Button>
              <Button
                loading={busy}
                onClick={() =>
                  void run(async () => {
                    await save()
                    toast('草稿已保存。')
                    await refresh()
                  })
                }
              >
                保存草稿
              </Button>
            </div>
          )}
        </fieldset>
        {found.own && found.open && found.state === 'submitted' && (
          <Button
            onClick={() =>
              void run(async () => {
                await post(`/api/aid/applications/${found.id}/withdraw`)
                toast('已撤回。')
                void navigate({ to: '/aid/mine' as never })
              })
            }
          >
            撤回申请
          </Button>
        )}
        {!found.own && found.open && found.state === 'submitted' && may('aid.write') && (
          <Button onClick={() => setReturning(true)}>退回补正</Button>
        )}
      </Card>
      <Card title="材料照片" flush>
        <Attachments objectKind="aid-application" objectId={found.id} mayChange={found.own && found.open} />
      </Card>
      <Card title="办理经过">
        <Timeline acts={found.acts} />
      </Card>
      {returning && <ReturnDialog id={found.id} close={() => setReturning(false)} />}
    </Page>
  )
}

function ReturnDialog({ id, close }: { id: number; close: () => void }): ReactElement {
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  return (
    <Dialog
      title="退回补正"
      okText="退回"
      done="已退回，申请人会收到待办。"
      ready={Boolean(reason.trim())}
      close={close}
      work={async () => {
        await post(`/api/aid/applications/${id}/return`, { reason })
        await queries.invalidateQueries({ queryKey: ['aid-application'] })
      }}
    >
      {(fields) => (
        <LabelledField id="reason" label="要补什么" required error={fields['reason']}>
          <Input id="reason" maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
        </LabelledField>
      )}
    </Dialog>
  )
}
