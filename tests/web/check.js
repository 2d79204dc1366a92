/*
 * check.js CHROMIUM PAGE…: web pages as people meet them: on a telephone, a tablet and a desk, in
 * light and dark, by keyboard, touch and screen reader, on paper. A page named report.html is
 * looked at in all of these; of others axe-core has to be content. PAGE.pdf is left beside it.
 */
'use strict';
const fs = require('fs');
const path = require('path');
const { pathToFileURL, fileURLToPath } = require('url');
const { chromium } = require('playwright-core');
const axeSource = require('axe-core').source;

const WIDTHS = [360, 768, 1440];
const SCHEMES = ['light', 'dark'];
let passed = 0, failed = 0;

function expect(ok, page, what) {
	if (ok) passed++;
	else {
		failed++;
		console.error(`page: ${path.basename(page)}: ${what}`);
	}
}

// ---- as it stands ---------------------------------------------------------------

function checkText(page) {
	const text = fs.readFileSync(page, 'utf8').replace(/<style>[^]*?<\/style>/, '');
	expect(!/<script|<[^>]*\son[a-z]+=/i.test(text), page, 'has a script');
}

async function checkLinks(p, page) {
	const found = await p.evaluate(() => {
		const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
		return {
			twice: ids.filter((id, i) => ids.indexOf(id) !== i),
			lost: [...document.querySelectorAll('a[href^="#"]')].map((a) => a.getAttribute('href')).filter((h) => !document.getElementById(h.slice(1))),
			inside: document.querySelectorAll('a[href^="#"]').length,
			files: [...document.querySelectorAll('a[href]:not([href^="#"])')].map((a) => a.href).filter((h) => h.startsWith('file:')),
		};
	});
	expect(found.inside > 10, page, 'has hardly any links inside it');
	expect(found.lost.length === 0, page, `has links that lead nowhere: ${found.lost.slice(0, 3)}`);
	expect(found.twice.length === 0, page, `has ids twice: ${found.twice.slice(0, 3)}`);
	const gone = found.files.filter((url) => !fs.existsSync(fileURLToPath(url)));
	expect(gone.length === 0, page, `names files that are not there: ${gone.slice(0, 3)}`);
}

// ---- on screens --------------------------------------------------------------------

async function checkAxe(p, page, where) {
	await p.evaluate(axeSource);
	const result = await p.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
	const said = result.violations.map((v) => `${v.impact} ${v.id}: ${v.nodes.slice(0, 2).map((n) => n.html.slice(0, 120)).join(' ')}`);
	expect(result.passes.length > 10, page, `axe looked at nothing ${where}`);
	expect(said.length === 0, page, `axe ${where}: ${said.join('; ')}`);
}

// Only tables may be wider than the window, in their own boxes.
async function checkWidth(p, page, where) {
	const over = await p.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	expect(over <= 0, page, `scrolls sideways by ${over} ${where}`);
}

// What a figure's card says: 'none' while it is not shown.
function cardOf(figure) {
	const owner = figure.matches('[aria-description]') ? figure : figure.querySelector('[aria-description]');
	return getComputedStyle(owner, '::after').content;
}

// Where it is: a pseudo-element has no box for the page's own eyes.
async function cardBox(session, i) {
	const { result } = await session.send('Runtime.evaluate', { expression: `[...document.querySelectorAll('.figure')].map((f) => f.matches('[aria-description]') ? f : f.querySelector('[aria-description]'))[${i}]` });
	const { node } = await session.send('DOM.describeNode', { objectId: result.objectId });
	const { model } = await session.send('DOM.getBoxModel', { backendNodeId: node.pseudoElements.find((e) => e.pseudoType === 'after').backendNodeId });
	const [left, top, right, , , bottom] = model.border;
	return { left, top, right, bottom };
}

async function checkCards(p, page, where) {
	const session = await p.context().newCDPSession(p);
	const figures = p.locator('.figure'), count = Math.min(await figures.count(), 40);
	const { width, height } = p.viewportSize();
	expect(count > 0, page, 'has no figures');
	for (let i = 0; i < count; i++) {
		const figure = figures.nth(i);
		expect(await figure.evaluate(cardOf) === 'none', page, `shows the card of figure ${i} unasked ${where}`);
		await figure.evaluate((f) => (f.tabIndex >= 0 ? f : f.querySelector('a')).focus());
		expect((await figure.evaluate(cardOf)).includes('：'), page, `shows no card of figure ${i} on focus ${where}`);
		// The side that it stands on is chosen with the next frame after scrolling.
		await p.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
		const box = await cardBox(session, i);
		expect(box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height && box.right - box.left > 80, page,
			`shows the card of figure ${i} at ${JSON.stringify(box)} ${where}`);
		await figure.evaluate(() => document.activeElement.blur());
	}
	await checkWidth(p, page, `${where}, with cards`);
	// The pointer may move onto the card.
	await figures.first().hover();
	expect((await figures.first().evaluate(cardOf)).includes('：'), page, `shows no card on hover ${where}`);
	const box = await figures.first().boundingBox(), card = await cardBox(session, 0);
	await p.mouse.move(box.x + box.width / 2, card.top > box.y ? card.top + 9 : card.bottom - 9, { steps: 20 });
	expect((await figures.first().evaluate(cardOf)).includes('：'), page, `loses the card under the pointer ${where}`);
	await p.mouse.move(0, 0);
}

// Bars against the page; words are axe's to judge, but not in a drawing.
async function checkCharts(p, page, where) {
	const low = await p.evaluate(() => {
		const light = (c) => {
			const [r, g, b] = c.match(/[\d.]+/g).map((v) => +v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
			return 0.2126 * r + 0.7152 * g + 0.0722 * b;
		};
		const paper = light(getComputedStyle(document.body).backgroundColor);
		const least = { first: 3, second: 3, ink: 4.5, quiet: 4.5 };
		return [...document.querySelectorAll('.chart svg [class]')].filter((e) => least[e.classList[0]]).map((e) => {
			const own = light(getComputedStyle(e).fill);
			return [e.classList[0], (Math.max(own, paper) + 0.05) / (Math.min(own, paper) + 0.05)];
		}).filter(([name, ratio]) => ratio < least[name]).map(([name, ratio]) => `${name} ${ratio.toFixed(2)}`);
	});
	expect(low.length === 0, page, `has charts of too little contrast ${where}: ${[...new Set(low)]}`);
	const small = await p.evaluate(() => [...document.querySelectorAll('.chart svg')].filter((s) => s.getClientRects().length)
		.map((s) => s.getBoundingClientRect().width / s.viewBox.baseVal.width * 3.7).filter((px) => px < 11));
	expect(small.length === 0, page, `has letters of ${small[0]} pixels in a chart ${where}`);
	const both = await p.evaluate(() => [...document.querySelectorAll('figure.chart')].filter((f) => [...f.querySelectorAll('svg')].filter((s) => s.getClientRects().length).length !== 1).length);
	expect(both === 0, page, `shows ${both} charts twice or not at all ${where}`);
}

async function checkContents(p, page, width) {
	const list = p.locator('nav > ol');
	expect(await list.isVisible() === (width > 1216), page, `has its contents open or folded at ${width}`);
	if (width <= 1216) {
		await p.locator('nav summary').click();
		expect(await list.isVisible(), page, `does not unfold its contents at ${width}`);
		await p.locator('nav summary').click();
	}
}

// What a screen reader is told of a figure that has the focus.
async function checkSpoken(p, page) {
	const session = await p.context().newCDPSession(p);
	const { result } = await session.send('Runtime.evaluate', { expression: 'document.querySelector(".figure [aria-description], .figure[aria-description]")' });
	const { nodes } = await session.send('Accessibility.getPartialAXTree', { objectId: result.objectId, fetchRelatives: false });
	const wanted = await p.locator('.figure [aria-description], .figure[aria-description]').first().getAttribute('aria-description');
	const spoken = nodes[0].description && nodes[0].description.value;
	expect(spoken && spoken.replace(/\s/g, '') === wanted.replace(/\s/g, ''), page, `tells a screen reader of a figure: ${spoken}`);
	await p.keyboard.press('Tab');
	expect(await p.evaluate(() => document.activeElement.matches('.skip') && document.activeElement.getBoundingClientRect().top >= 0), page,
		'does not begin with a visible link to its text');
}

async function checkTouch(browser, page) {
	const context = await browser.newContext({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, bypassCSP: true });
	const p = await context.newPage();
	await p.goto(pathToFileURL(page).href);
	const figure = p.locator('.figure').first();
	await figure.tap();
	expect((await figure.evaluate(cardOf)).includes('：'), page, 'shows no card when touched');
	expect(new URL(p.url()).hash === '', page, 'leaves the sentence at the first touch');
	if (await figure.locator('a').count()) {
		await figure.tap();
		await p.waitForURL(/#f-/, { timeout: 2000 }).catch(() => {});
		expect(new URL(p.url()).hash.startsWith('#f-'), page, 'does not lead to the row of a figure at the second touch');
	}
	await context.close();
}

async function checkScreens(browser, page, whole) {
	for (const width of WIDTHS)
		for (const colorScheme of SCHEMES) {
			const where = `at ${width}, ${colorScheme}`;
			const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce', bypassCSP: true });
			const p = await context.newPage();
			const asked = [];
			p.on('request', (r) => asked.push(r.url()));
			p.on('pageerror', (e) => expect(false, page, `${e}`));
			await p.goto(pathToFileURL(page).href);
			await p.waitForLoadState('load');
			expect(asked.filter((url) => !url.startsWith('data:')).length === 1, page, `asks for ${asked.slice(1, 4)}`);
			await checkAxe(p, page, where);
			if (whole) {
				await checkWidth(p, page, where);
				await checkContents(p, page, width);
				await checkCharts(p, page, where);
				if (colorScheme === 'light') await checkCards(p, page, where);
				if (width === 360 && colorScheme === 'light') {
					await checkLinks(p, page);
					await p.goto(pathToFileURL(page).href);
					await checkSpoken(p, page);
				}
			}
			await context.close();
		}
}

// ---- on paper ------------------------------------------------------------------------

async function checkPaper(browser, page) {
	const context = await browser.newContext({ colorScheme: 'dark', bypassCSP: true });
	const p = await context.newPage();
	await p.goto(pathToFileURL(page).href);
	await p.emulateMedia({ media: 'print', colorScheme: 'dark' });
	await checkCharts(p, page, 'on paper');
	const shown = await p.evaluate(() => ['.skip', '.source', 'nav:not(.on-paper)', 'summary'].filter((s) => [...document.querySelectorAll(s)].some((e) => e.getClientRects().length)));
	expect(shown.length === 0, page, `prints ${shown}`);
	const ink = await p.evaluate(() => [getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor].join());
	expect(ink === 'rgb(0, 0, 0),rgb(255, 255, 255)', page, `prints in ${ink}`);
	await p.pdf({ path: `${page}.pdf`, preferCSSPageSize: true });
	await context.close();
}

(async () => {
	const [executablePath, ...pages] = process.argv.slice(2);
	const browser = await chromium.launch({ executablePath, args: process.getuid() === 0 ? ['--no-sandbox'] : [] });
	for (const page of pages) {
		const whole = path.basename(page) === 'report.html' && !page.includes('意见');
		if (whole) checkText(page);
		await checkScreens(browser, page, whole);
		if (whole) {
			await checkTouch(browser, page);
			await checkPaper(browser, page);
		}
	}
	await browser.close();
	console.log(`pages in the browser: ${passed} checks passed, ${failed} failed`);
	process.exit(failed || !passed ? 1 : 0);
})().catch((error) => {
	console.error(error);
	process.exit(1);
});
