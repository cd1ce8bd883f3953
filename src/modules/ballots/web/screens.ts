import { moduleScreens } from '../../../web/screens.ts'

export default moduleScreens({
  screens: [
    { path: '/votes/$id/booth', load: () => import('./BoothPage.tsx'), name: 'BoothPage', bare: true },
    { path: '/votes/$id', load: () => import('./Vote.tsx'), name: 'VotePage' },
    { path: '/votes/$id/count', load: () => import('./Count.tsx'), name: 'CountPage' },
  ],
})
