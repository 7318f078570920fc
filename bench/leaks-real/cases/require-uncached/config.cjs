module.exports = {
  routes: Array.from({ length: 200 }, (_, k) => ({ path: `/r/${k}`, opts: { auth: k % 2 === 0 } })),
};
