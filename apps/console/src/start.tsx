import { createBrowserHistory } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { houseCache } from './house/house-cache.ts'
import { keepChoices, keptChoices } from './house/kept-choices.ts'
import { keepToken, takeToken } from './house/kept-token.ts'
import { consoleRouter } from './router.tsx'
import './look/tokens.css'
import './look/base.css'

const token = takeToken(location, history, sessionStorage)
const root = document.getElementById('root')
if (!root) throw new TypeError('index.html lacks #root')

createRoot(root).render(
  <App
    router={consoleRouter(createBrowserHistory())}
    cache={houseCache()}
    choices={keptChoices(localStorage, navigator.language)}
    remember={(choices) => keepChoices(localStorage, choices)}
    token={token}
    keepToken={(next) => keepToken(sessionStorage, next)}
  />,
)
