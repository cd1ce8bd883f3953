import { useQueryClient } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState, type ReactElement, type ReactNode } from 'react'
import { post } from '../../api.ts'
import { path } from '../../path.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { LabelledField } from '../../ui/FieldInput.tsx'
import { Page } from '../../ui/Page.tsx'

export type Verb = '提交' | '同意' | '退回' | '否决' | '撤回'
export interface Move {
  /** `/api/members/applications/12/acts` */
  address: string
  verb: Verb
  title: string
}

export const PaperPage = ({
  title,
  help,
  actions,
  children,
}: {
  title: string
  help: string
  actions?: ReactNode
  children: ReactNode
}): ReactElement => (
  <Page title={title} crumbs={[{ title: '会员', to: path.members }]} help={help} actions={actions}>
    <section className="card">{children}</section>
  </Page>
)

/** One move of a paper through hands: agreeing needs no words, sending back and refusing do. */
export function MoveDialog({ move, close }: { move: Move; close: () => void }): ReactElement {
  const queries = useQueryClient()
  const [words, setWords] = useState('')
  const needed = move.verb === '退回' || move.verb === '否决'
  return (
    <Dialog
      title={`${move.verb}：${move.title}`}
      okText={move.verb}
      danger={move.verb === '否决'}
      done={`已${move.verb}。`}
      ready={!needed || words.trim().length > 0}
      close={close}
      work={async () => {
        await post(move.address, { verb: move.verb, ...(words.trim() && { words: words.trim() }) })
        await queries.invalidateQueries()
      }}
    >
      {(errors) => (
        <>
          {move.verb === '退回' && <p className="quiet">退回后对方补充再提交，这件事还在办。</p>}
          {move.verb === '否决' && <p className="quiet">否决后这件事就此结束。</p>}
          <LabelledField id="move-words" label="意见" required={needed} error={errors['words']}>
            <Input.TextArea
              id="move-words"
              autoSize={{ minRows: 2 }}
              maxLength={1000}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          </LabelledField>
        </>
      )}
    </Dialog>
  )
}

export function Moves({ verbs, onPick }: { verbs: readonly Verb[]; onPick: (verb: Verb) => void }): ReactElement {
  return (
    <>
      {verbs.map((verb) => (
        <button
          key={verb}
          type="button"
          className={verb === '否决' ? 'link danger' : 'link'}
          onClick={() => onPick(verb)}
        >
          {verb}
        </button>
      ))}
    </>
  )
}
