import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post } from '../../../web/api.ts'
import { Dialog } from '../../../web/ui/Dialog.tsx'
import { LabelledField } from '../../../web/ui/FieldInput.tsx'
import { Card, Page } from '../../../web/ui/Page.tsx'
import { SignaturePad, signatureForm } from '../../../web/ui/SignaturePad.tsx'
import { Empty, Loaded, Notice } from '../../../web/ui/states.tsx'
import { moneyText, StatusTag } from '../../../web/ui/values.tsx'
import type { Entitlement } from '../contract.ts'
import type { Condition, MyCycle } from '../member-contract.ts'
import { APPEAL_STATES, APPLICATION_STATES, ENTITLEMENT_STATES, VERDICTS } from '../words.ts'
import { shareTones, standing } from './shapes.ts'

type MyShare = Entitlement & { programme: string; cycle: string }

/** A member's own page: what is open to me, how mine stands and why, what I received. */
export function Mine(): ReactElement {
  const mine = useQuery({
    queryKey: ['aid-mine'],
    queryFn: () => get<{ cycles: MyCycle[]; entitlements: MyShare[] }>('/api/aid/mine'),
  })
  return (
    <Page title="我的帮扶" help="先看条件，再申请；办到哪一步、为什么，都写在这里。" narrow>
      <Loaded query={mine}>
        {({ cycles, entitlements }) => (
          <>
            {entitlements.map((share) => (
              <ShareCard key={share.id} share={share} />
            ))}
            {cycles.map((cycle) => (
              <CycleCard key={cycle.cycleId} cycle={cycle} />
            ))}
            {!cycles.length && !entitlements.length && (
              <div className="card">
                <Empty title="现在没有向您开放的帮扶项目">
                  家里有困难，可以先<Link to={'/hardship/apply' as never}>申请建立困难档案</Link>，或联系所在工会。
                </Empty>
              </div>
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}

/** Each condition with yes or no in words, and how to mend it. */
function Conditions({ conditions }: { conditions: readonly Condition[] }): ReactElement {
  return (
    <ul className="stack" style={{ gap: 8 }}>
      {conditions.map((one) => (
        <li key={one.code}>
          <div className="row" style={{ flexWrap: 'nowrap', alignItems: 'baseline' }}>
            <StatusTag text={one.met ? '符合' : '还差'} tone={one.met ? 'good' : 'warn'} />
            <span>{one.text}</span>
          </div>
          {one.mend && (
            <p className="faint">
              {one.mend} {one.link && <Link to={one.link as never}>去办理</Link>}
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}

function CycleCard({ cycle }: { cycle: MyCycle }): ReactElement {
  const navigate = useNavigate()
  const [appealing, setAppealing] = useState(false)
  const [asking, setAsking] = useState(false)
  return (
    <Card title={`${cycle.programme}·${cycle.cycle}`} aside={<StatusTag {...standing(cycle.state)} />}>
      <div className="stack" style={{ gap: 12 }}>
        <p className="faint">
          {cycle.unitName} · 依据 {cycle.document}
          {cycle.pool === 'applications' && ` · 申请时间 ${cycle.opensOn} 至 ${cycle.closesOn}`}
        </p>
        {cycle.verdict === null ? (
          <Conditions conditions={cycle.conditions} />
        ) : (
          <Notice tone={cycle.verdict === 'eligible' ? 'good' : 'warn'}>
            {cycle.verdict === 'eligible'
              ? '您在拟发放名单上。'
              : `没有列入名单：${VERDICTS[cycle.verdict]}。${cycle.reasons.join('；')}。`}
          </Notice>
        )}
        {cycle.appeal && (
          <Notice>
            您的申诉：{cycle.appeal.words}（{APPEAL_STATES[cycle.appeal.state as keyof typeof APPEAL_STATES]}）
            {cycle.appeal.answer ? `。答复：${cycle.appeal.answer}` : `，${cycle.appeal.dueOn} 前答复。`}
          </Notice>
        )}
        <div className="row">
          {cycle.mayApply && (
            <Button type="primary" onClick={() => setAsking(true)}>
              申请
            </Button>
          )}
          {cycle.applicationId && (
            <Button onClick={() => void navigate({ to: `/aid/applications/${cycle.applicationId}` as never })}>
              我的申请（{APPLICATION_STATES[cycle.applicationState as keyof typeof APPLICATION_STATES]}）
            </Button>
          )}
          {cycle.mayAppeal && <Button onClick={() => setAppealing(true)}>我要申诉</Button>}
        </div>
      </div>
      {asking && (
        <Dialog
          title={`申请${cycle.programme}`}
          okText="开始填写"
          close={() => setAsking(false)}
          work={async () => {
            const made = await post<{ id: number }>('/api/aid/applications', { cycleId: cycle.cycleId })
            void navigate({ to: `/aid/applications/${made.id}` as never })
          }}
        >
          {() => (
            <>
              <p>先建一份草稿，可以分几次填写、一张张传照片，提交之前别人看不到。</p>
              {cycle.conditions.some((one) => !one.met && one.code !== 'papers') && (
                <Notice tone="warn">有条件还不符合，提交后可能不会列入名单。</Notice>
              )}
            </>
          )}
        </Dialog>
      )}
      {appealing && <AppealDialog cycle={cycle} close={() => setAppealing(false)} />}
    </Card>
  )
}

function AppealDialog({ cycle, close }: { cycle: MyCycle; close: () => void }): ReactElement {
  const queries = useQueryClient()
  const [words, setWords] = useState('')
  return (
    <Dialog
      title="申诉"
      okText="提交申诉"
      done="已提交，十个工作日内答复。"
      ready={Boolean(words.trim())}
      close={close}
      work={async () => {
        await post(`/api/aid/cycles/${cycle.cycleId}/appeals`, { words })
        await queries.invalidateQueries({ queryKey: ['aid-mine'] })
      }}
    >
      {(fields) => (
        <LabelledField
          id="words"
          label="申诉的理由"
          required
          error={fields['words']}
          help="写明哪里不对；只有审批的领导能看到。"
        >
          <Input.TextArea
            id="words"
            maxLength={500}
            autoSize={{ minRows: 3 }}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </LabelledField>
      )}
    </Dialog>
  )
}

function ShareCard({ share }: { share: MyShare }): ReactElement {
  const [signing, setSigning] = useState(false)
  return (
    <Card
      title={`${share.programme}·${share.cycle}`}
      aside={<StatusTag text={ENTITLEMENT_STATES[share.state]} tone={shareTones[share.state]} />}
    >
      <div className="spread">
        <div>
          <b>{moneyText(share.amountFen)} 元</b>
          <p className="faint">
            {share.paidOn ? `${share.paidOn} 发放，凭证 ${share.voucherNumber}` : '已批准，等待发放'}
            {share.receivedOn && `；${share.receivedOn} 已签收`}
            {share.refunds.map((one) => `；${one.on} 退回 ${moneyText(one.amountFen)} 元：${one.reason}`).join('')}
          </p>
        </div>
        {share.state === 'paid' && !share.receivedOn && (
          <Button type="primary" onClick={() => setSigning(true)}>
            签收
          </Button>
        )}
      </div>
      {signing && <ReceiptDialog share={share} close={() => setSigning(false)} />}
    </Card>
  )
}

function ReceiptDialog({ share, close }: { share: MyShare; close: () => void }): ReactElement {
  const queries = useQueryClient()
  const [picture, setPicture] = useState<Blob | null>(null)
  return (
    <Dialog
      title="手写签收"
      okText="确认签收"
      done="已签收。"
      ready={picture !== null}
      close={close}
      work={async () => {
        await post('/api/files', signatureForm('aid-entitlement', share.id, share.personName, picture!))
        await post(`/api/aid/entitlements/${share.id}/receipt`, { how: 'hand' })
        await queries.invalidateQueries({ queryKey: ['aid-mine'] })
      }}
    >
      {() => (
        <>
          <p>
            已收到{share.programme} {moneyText(share.amountFen - share.refundedFen)} 元。请核对银行卡到账后签名。
          </p>
          <SignaturePad label="签名框" onChange={setPicture} />
        </>
      )}
    </Dialog>
  )
}
