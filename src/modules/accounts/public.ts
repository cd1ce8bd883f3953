/** What other modules and the composition roots may call. */
export { createAccount, disableAccount, setPassword, type NewAccount } from './server/accounts.ts'
export { appoint, delegate, leaveOffice, type Appointment, type NewDelegation } from './server/offices.ts'
export { giveTotp } from './server/second-factor.ts'
export { createAuthenticate } from './server/sessions.ts'
export { ROLES, roleOf, type Role, type RoleId } from './roles.ts'
export { createSetupLink } from './server/setup.ts'
export { handOver, type HandOver } from './server/handover.ts'
export { printSlips, type Slip } from './server/slips.ts'
