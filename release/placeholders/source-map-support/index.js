// Stack traces stay as Node makes them: the SDK wants one of each resource and of each call, and has not our sources anyway.
exports.install = () => {};
