/** The requests that a follower causes. */
export const LIST = /^GET .*rayjobs\?limit=/;
export const WATCH = /^GET .*rayjobs\?.*watch=true/;
export const READ = /^GET .*rayjobs\/[^?]+$/;
