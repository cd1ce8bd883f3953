import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { get, post, put } from '../../../web/api.ts'
import { today } from '../../../web/session.ts'
import { LinkButton } from '../../../web/ui/LinkButton.tsx'
import { Card, Facts, Page } from '../../../web/ui/Page.tsx'
import { Loaded } from '../../../web/ui/states.tsx'
import { Tabs } from '../../../web/ui/Tabs.tsx'
import { FORMS, KINDS } from '../words.ts'
import { Agenda } from './Agenda.tsx'
import { Ask } from './Ask.tsx'
import { Resolutions } from './Resolutions.tsx'
import { Papers, Votes } from './Votes.tsx'
import type { SessionDetail } from './shapes.ts'
import { SignIn } from './SignIn.tsx'
import { SessionState } from './tags.tsx'

/** One session from the plan to the minutes. */
export function Session(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string }
  const session = useQuery({
    queryKey: ['congress', 'session', id],
    queryFn: () => get<SessionDetail>(`/api/congress/sessions/${id}`),
    refetchInterval: (query) => (query.state.data?.session.state === 'open' ? 5_000 : false),
  })
  return <Loaded query={session}>{(detail) => <Detail detail={detail} />}</Loaded>
}

type Asking = 'open' | 'close' | 'cancel' | 'notice' | 'edit'

function Detail({ detail }: { detail: SessionDetail }): ReactElement {
  const { session, may, notice } = detail
  const [asking, setAsking] = useState<Asking | null>(null)
  const queries = useQueryClient()
  const at = `/api/congress/sessions/${session.id}`
  const preparing = session.state === 'preparing'
  const close = (): void => {
    setAsking(null)
    for (const key of ['congress', 'todos']) void queries.invalidateQueries({ queryKey: [key] })
  }
  return (
    <Page
      title={session.title}
      crumbs={[
        { title: '职代会与会员代表大会', to: '/congress' },
        { title: `第${session.ordinal}届`, to: `/congress/terms/${session.termId}` },
      ]}
      help={
        <>
          {session.unitName} · {FORMS[session.form]} · {session.startsOn}
          {session.endsOn === session.startsOn ? '' : ` 至 ${session.endsOn}`} <SessionState state={session.state} />
        </>
      }
      actions={
        <>
          {session.state === 'open' && (may.run || may.signIn) && (
            <LinkButton to={`/congress/sessions/${session.id}/hall`} target="_blank">
              会场大屏
            </LinkButton>
          )}
          {preparing && may.write && <Button onClick={() => setAsking('edit')}>修改安排</Button>}
          {preparing && may.write && session.form === 'session' && !session.noticeSentOn && (
            <Button onClick={() => setAsking('notice')}>登记已通知代表</Button>
          )}
          {preparing && may.write && (
            <Button danger onClick={() => setAsking('cancel')}>
              取消会议
            </Button>
          )}
          {preparing && may.run && (
            <Button type="primary" onClick={() => setAsking('open')}>
              开始签到
            </Button>
          )}
          {session.state === 'open' && may.run && (
            <Button type="primary" onClick={() => setAsking('close')}>
              闭会
            </Button>
          )}
        </>
      }
    >
      <Card>
        <Facts
          items={[
            { label: '大会', value: KINDS[session.kind] },
            { label: '地点', value: session.place },
            { label: '主持人', value: session.host },
            { label: '记录人', value: session.recorder },
            {
              label: '应到',
              value: session.expected ? `${session.expected} 人（名额 ${session.seats}）` : '开始签到时按现任代表锁定',
            },
            ...(session.occasion ? [{ label: '召开事由', value: session.occasion, whole: true }] : []),
            ...(session.cancelReason ? [{ label: '取消原因', value: session.cancelReason, whole: true }] : []),
          ]}
        />
        {notice && (
          <div
            className={`notice ${notice.holds === false ? 'bad' : notice.holds ? 'good' : 'info'}`}
            style={{ marginTop: 12 }}
          >
            <b>{notice.title}</b>：
            {notice.steps
              .slice(0, -1)
              .map((step) => step.replace(/^\d+\. /, ''))
              .join('')}
            <span className="faint">
              依据：{notice.article}。{notice.notes.join('')}
            </span>
          </div>
        )}
      </Card>
      <Tabs
        tabs={[
          { id: 'agenda', title: '议程', render: () => <Agenda detail={detail} /> },
          ...(may.read ? [{ id: 'sign-in', title: '代表与签到', render: () => <SignIn detail={detail} /> }] : []),
          { id: 'votes', title: '表决', render: () => <Votes detail={detail} /> },
          { id: 'papers', title: '文件', render: () => <Papers detail={detail} /> },
          { id: 'resolutions', title: '决议', render: () => <Resolutions detail={detail} /> },
          { id: 'minutes', title: '纪要', render: () => <Minutes detail={detail} /> },
        ]}
      />
      {asking === 'open' && (
        <Ask
          title="开始签到"
          okText="锁定名单，开始签到"
          note="应到名单按现任代表锁定，会议期间不再变动。之后凭会员号、会员卡、代表证号或在签到台签到。"
          questions={[]}
          work={() => post(`${at}/open`)}
          done="已开始签到"
          close={close}
        />
      )}
      {asking === 'close' && (
        <Ask
          title="闭会"
          okText="确认闭会"
          note="闭会后签到、表决和议程不再变动，会议记入台账，生成纪要。"
          questions={[]}
          work={() => post(`${at}/close`)}
          done="已闭会，纪要可以下载"
          close={close}
        />
      )}
      {asking === 'cancel' && (
        <Ask
          title="取消会议"
          okText="取消会议"
          danger
          questions={[{ id: 'reason', label: '原因', kind: 'text', required: true }]}
          work={(values) => post(`${at}/cancel`, values)}
          done="已取消"
          close={close}
        />
      )}
      {asking === 'notice' && (
        <Ask
          title="登记已通知代表"
          okText="登记"
          note="通知后，代表在手机上能看到日期、议程和文件。"
          initial={{ sentOn: today() }}
          questions={[{ id: 'sentOn', label: '书面送达日期', kind: 'date', required: true }]}
          work={(values) => post(`${at}/notice`, values)}
          done="已登记"
          close={close}
        />
      )}
      {asking === 'edit' && (
        <Ask
          title="修改安排"
          okText="保存"
          initial={{ ...session }}
          questions={[
            { id: 'startsOn', label: '开会日期', kind: 'date', required: true },
            { id: 'endsOn', label: '闭会日期', kind: 'date', required: true },
            { id: 'place', label: '地点', kind: 'text' },
            { id: 'host', label: '主持人', kind: 'text' },
            { id: 'recorder', label: '记录人', kind: 'text' },
            { id: 'occasion', label: '临时召开的事由', kind: 'text' },
          ]}
          work={(values) => put(at, { ...values, version: session.version })}
          done="已保存"
          close={close}
        />
      )}
    </Page>
  )
}

function Minutes({ detail: { session, may } }: { detail: SessionDetail }): ReactElement {
  const at = `/api/congress/sessions/${session.id}`
  return (
    <Card title="会议纪要">
      <p>
        纪要由签到、表决、决议等记录自动写成：到会情况、逐项表决的票数和推算依据、决议与施行日期、当选人，末尾留主持人和记录人两处签字。
        {session.state !== 'closed' && ' 会议还没有结束，现在看到的是草稿。'}
      </p>
      {(may.read || session.state === 'closed') && (
        <div className="row" style={{ marginTop: 12 }}>
          <Button type="primary" href={`${at}/minutes.docx`}>
            下载纪要（Word）
          </Button>
          <Button href={`${at}/minutes`} target="_blank">
            在网页上看
          </Button>
        </div>
      )}
    </Card>
  )
}
