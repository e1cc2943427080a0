// Loaded with the SDK, but no function is turned into a package here.
module.exports = () => {
  throw new Error("The rayjob plug-in carries no normalize-package-data: it turns no functions into packages");
};
