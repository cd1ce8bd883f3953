/** Who acts. Never ambient: every operation takes it as an argument. */
export interface Actor {
  /** Account id; 0 for the operator on the command line and 'system' jobs. */
  accountId: number
  /** Person behind the account, if any. */
  personId: number | null
  name: string
  /** What the person holds today; each grants permissions on its unit (and below). */
  grants: readonly Grant[]
  /** The office the act is done in, for the audit: 某某工会·主席. */
  office: string
  kind: 'person' | 'operator' | 'system'
}

export interface Grant {
  permission: string
  unitId: number
  /** own = the person's own rows, unit = that unit only, below = unit and everything under it, all = everywhere. */
  scope: 'own' | 'unit' | 'below' | 'all'
}

/** Whether somebody's deed was the actor's own: by this account, or by another of the same person. */
export const isOwnDeed = (actor: Actor, by: { accountId: number; personId: number | null }): boolean =>
  by.accountId === actor.accountId || (actor.personId !== null && by.personId === actor.personId)

/**
 * The actor, with this one permission at the thing's unit: for acts that belong to a person by their part in it (who moved
 * it, who asked for it), which an office's scope can't say. The caller has made sure of that part.
 */
export const byPart = (actor: Actor, permission: string, unitId: number): Actor => ({
  ...actor,
  grants: [...actor.grants, { permission, unitId, scope: 'unit' }],
})

/** The operator: whoever has the machine's shell. Audited by that name. */
export const operator = (name = '命令行操作员'): Actor => ({
  accountId: 0,
  personId: null,
  name,
  grants: [],
  office: '系统操作员',
  kind: 'operator',
})
