import { moduleScreens } from '../../../web/screens.ts'

export default moduleScreens({
  screens: [
    { path: '/my-votes', load: () => import('./MyVotes.tsx'), name: 'MyVotesPage' },
    { path: '/scrutiny', load: () => import('./Scrutiny.tsx'), name: 'ScrutinyPage' },
    { path: '/votes/$id', load: () => import('./Vote.tsx'), name: 'VotePage' },
    { path: '/votes/$id/count', load: () => import('./Count.tsx'), name: 'CountPage' },
    { path: '/votes/$id/booth', load: () => import('./BoothPage.tsx'), name: 'BoothPage', bare: true },
    { path: '/votes/$id/code', load: () => import('./BoothPage.tsx'), name: 'CodeBoothPage', bare: true },
    { path: '/votes/$id/voter-codes', load: () => import('./VoterCodes.tsx'), name: 'VoterCodesPage', bare: true },
    { path: '/votes/$id/publication', load: () => import('./Publication.tsx'), name: 'PublicationPage' },
    { path: '/votes/$id/station', load: () => import('./Station.tsx'), name: 'StationPage' },
    { path: '/votes/$id/kiosk', load: () => import('./Kiosk.tsx'), name: 'KioskPage', bare: true },
    { path: '/votes/$id/slips', load: () => import('./Slips.tsx'), name: 'SlipsPage', bare: true },
    { path: '/votes/$id/hall', load: () => import('./HallCode.tsx'), name: 'HallCodePage', bare: true },
  ],
  menu: [{ group: '我的', to: '/my-votes', title: '我的投票', icon: 'check' }],
})
