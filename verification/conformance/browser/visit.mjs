// Plays a user in Chromium: opens the URL of a sign-in, enters a name and a password, and decides.
//
//   node visit.mjs URL NAME PASSWORD approve|deny SCREENSHOT     saves SCREENSHOT-1-sign-in.png, -2-consent.png, -3-returned.png
//   node visit.mjs URL NAME PASSWORD cancel SCREENSHOT           cancels on the first page: -1-sign-in.png, -2-returned.png
//   node visit.mjs URL - - look SCREENSHOT                       only opens the page and saves SCREENSHOT.png
//
// Prints one line of JSON: {"pages": [{"url", "title", "text", "fixed"}]}, a page for each screenshot;
// "fixed" has the values of the inputs that users can't change. The hosts below example.com are
// played by this script: they have a logo, and a page for callbacks.
import path from 'node:path'
import { chromium } from 'playwright-core'

const [url, name, password, decision, screenshot] = process.argv.slice(2)
if (!screenshot || !['approve', 'deny', 'cancel', 'look'].includes(decision)) {
  console.error('usage: node visit.mjs URL NAME PASSWORD approve|deny|cancel|look SCREENSHOT')
  process.exit(2)
}

const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96"><rect width="96" height="96" rx="20" fill="#0a7"/>
<text x="48" y="66" font-size="52" text-anchor="middle" fill="#fff" font-family="sans-serif">A</text></svg>`

const browser = await chromium.launch({
  executablePath: process.env.ATLEX_CHROMIUM ?? path.join(import.meta.dirname, 'bin/chromium'),
  // Chromium's sandbox needs privileges that containers lack. It opens nothing but servers of this machine.
  args: ['--no-sandbox'],
})
const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1100, height: 800 } })
const page = await context.newPage()
page.setDefaultTimeout(30_000)
try {
  await playApplication(await context.newCDPSession(page))
  const pages = []
  const show = async (file) => {
    await page.screenshot({ path: file, animations: 'disabled' })
    const fixed = await page.locator('input[readonly]').evaluateAll((inputs) => inputs.map((input) => input.value))
    pages.push({ url: page.url(), title: await page.title(), text: await page.locator('body').innerText(), fixed })
  }

  await page.goto(url)
  if (decision === 'look') {
    await page.waitForLoadState('networkidle')
    await show(`${screenshot}.png`)
  } else {
    const server = new URL(url).origin
    const back = () => page.waitForURL((at) => at.origin !== server)
    const user = page.getByRole('textbox', { name: 'Username or Email' })
    await user.waitFor()
    // The reference server's page fixes the name that the program asked for.
    if (await user.isEditable()) await user.fill(name)
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await show(`${screenshot}-1-sign-in.png`)
    if (decision === 'cancel') {
      await Promise.all([back(), page.getByRole('button', { name: 'Cancel' }).click()])
      await show(`${screenshot}-2-returned.png`)
    } else {
      await page.getByRole('button', { name: 'Sign in' }).click()
      const button = page.getByRole('button', { name: decision === 'approve' ? 'Authorize' : 'Deny access' })
      await button.waitFor()
      await page.waitForLoadState('networkidle')
      await show(`${screenshot}-2-consent.png`)
      await Promise.all([back(), button.click()])
      await show(`${screenshot}-3-returned.png`)
    }
  }
  console.log(JSON.stringify({ pages }))
} catch (error) {
  await page.screenshot({ path: `${screenshot}-failed.png` })
  throw error
} finally {
  await browser.close()
}

// By the protocol of Chromium, because Playwright's own routes don't see the requests that follow a redirect.
async function playApplication(chrome) {
  chrome.on('Fetch.requestPaused', ({ requestId, request }) => {
    const logo = new URL(request.url).pathname.endsWith('.svg')
    return chrome.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: 200,
      responseHeaders: [{ name: 'Content-Type', value: logo ? 'image/svg+xml' : 'text/html' }],
      body: Buffer.from(logo ? LOGO : '<h1>The web application</h1>').toString('base64'),
    })
  })
  await chrome.send('Fetch.enable', { patterns: [{ urlPattern: 'https://*.example.com/*' }] })
}
