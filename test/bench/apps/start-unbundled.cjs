// The local host hands its core module to the main file alone; packages that are not bundled get it the way the Functions worker does it.
const Module = require('node:module');
const core = require('@azure/functions-core');

const load = Module._load;
Module._load = (name, ...others) => (name === '@azure/functions-core' ? core : load(name, ...others));
require('./main.js');
