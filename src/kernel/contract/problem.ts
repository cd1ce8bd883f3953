/** A refusal with a code for machines and a sentence for people, at the fields it concerns. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly fields: Readonly<Record<string, string>>
  readonly detail: unknown

  /**
   * @param status HTTP status the refusal answers with
   * @param code   stable, `kebab-case`; tests and clients match on it
   * @param sentence what is wrong and what to do next, in Chinese; never holds a secret or another person's data
   * @param fields field id → sentence, for forms
   */
  constructor(status: number, code: string, sentence: string, fields: Record<string, string> = {}, detail?: unknown) {
    super(sentence)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.fields = fields
    this.detail = detail
  }
}

export const refused = (code: string, sentence: string, fields: Record<string, string> = {}): Problem =>
  new Problem(422, code, sentence, fields)

/** Missing and forbidden answer alike, so that asking tells nothing. */
export const notFound = (what = '记录'): Problem =>
  new Problem(404, 'not-found', `没有找到这条${what}，或您没有查看它的权限。`)

export const forbidden = (title: string): Problem =>
  new Problem(403, 'forbidden', `您的职务没有“${title}”的权限。如确需办理，请联系本级工会的安全管理员授权。`)

export const conflict = (code: string, sentence: string): Problem => new Problem(409, code, sentence)
