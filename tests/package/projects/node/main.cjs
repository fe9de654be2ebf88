const { connect } = require("omicall-partner");

import("./jobs/steps.js")
  .then(({ mainJobWith }) => mainJobWith(connect, process.argv[2]))
  .then((outcome) => console.log(JSON.stringify(outcome)));
