// The unmodified official Node library against the emulator: one JSON line of what it saw, resource by resource.
// One caller was recorded, one waits in a queue, two sit in a conference.
const twilio = require("twilio");
const RequestClient = require("twilio/lib/base/RequestClient");
const [api, accountSid, authToken, outgoing] = process.argv.slice(2);
const LINE = "+12025550150";
const FIRST = "+12025550199";

class Redirected extends (RequestClient.default || RequestClient) {
  request(options) {
    return super.request({ ...options, uri: options.uri.replace("https://api.twilio.com", api) });
  }
}

const client = twilio(accountSid, authToken, { httpClient: new Redirected() });
const refusal = (asked) => asked.then(() => "not refused", (error) => [error.status, error.code]);

async function calls() {
  const call = await client.calls.create({ to: FIRST, from: LINE, url: outgoing });
  const fetched = await client.calls(call.sid).fetch();
  const ended = await client.calls(call.sid).update({ status: "completed" });
  const all = await client.calls.list({ pageSize: 1 });
  return {
    created: [call.status, call.direction, call.dateCreated instanceof Date], fetched: fetched.sid === call.sid, ended: ended.status,
    listed: all.some((one) => one.sid === call.sid), removed: await client.calls(call.sid).remove(),
    refused: await refusal(client.calls.create({ to: "12", from: LINE, url: outgoing })),
  };
}

async function conferences() {
  const [conference] = await client.conferences.list({ friendlyName: "team" });
  const fetched = await client.conferences(conference.sid).fetch();
  const ended = await client.conferences(conference.sid).update({ status: "completed" });
  return { status: [fetched.status, ended.status], dates: conference.dateCreated instanceof Date };
}

async function participants() {
  const [conference] = await client.conferences.list({ friendlyName: "team" });
  const room = client.conferences(conference.sid);
  const [seat] = await room.participants.list();
  const created = await room.participants.create({ to: FIRST, from: LINE, label: "guest" });
  const muted = await room.participants(seat.callSid).update({ muted: true });
  const fetched = await room.participants(seat.callSid).fetch();
  return {
    seat: [seat.muted, seat.hold, seat.conferenceSid === conference.sid], created: [created.status, created.label],
    muted: [muted.muted, fetched.muted], removed: await room.participants(seat.callSid).remove(),
  };
}

async function recordings() {
  const [recording] = await client.recordings.list();
  const fetched = await client.recordings(recording.sid).fetch();
  const ofCall = await client.calls(recording.callSid).recordings.list();
  return {
    found: [fetched.source, fetched.status, fetched.channels, ofCall.length], removed: await client.recordings(recording.sid).remove(),
    gone: await refusal(client.recordings(recording.sid).fetch()),
  };
}

async function messages() {
  const message = await client.messages.create({ to: FIRST, from: LINE, body: "Hello" });
  const fetched = await client.messages(message.sid).fetch();
  const [listed] = await client.messages.list({ to: FIRST });
  return {
    created: [message.status, message.numSegments], fetched: fetched.body, listed: listed.sid === message.sid,
    refused: await refusal(client.messages.create({ to: FIRST, from: LINE, body: "" })),
  };
}

async function queues() {
  const [queue] = await client.queues.list();
  const [member] = await client.queues(queue.sid).members.list();
  const front = await client.queues(queue.sid).members("Front").fetch();
  const renamed = await client.queues(queue.sid).update({ friendlyName: "patience", maxSize: 7 });
  const other = await client.queues.create({ friendlyName: "other" });
  return {
    queue: [queue.friendlyName, queue.currentSize], member: [member.position, front.callSid === member.callSid],
    updated: [renamed.friendlyName, renamed.maxSize], removed: await client.queues(other.sid).remove(),
    refused: await refusal(client.queues(queue.sid).remove()),
  };
}

async function incomingPhoneNumbers() {
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: LINE });
  const moved = await client.incomingPhoneNumbers(number.sid).update({ voiceUrl: outgoing });
  const fetched = await client.incomingPhoneNumbers(number.sid).fetch();
  return { number: number.phoneNumber, voice: number.capabilities.voice, moved: [moved.voiceUrl === outgoing, fetched.voiceUrl === outgoing] };
}

async function main() {
  const seen = {};
  // Participants before conferences: that part ends the conference.
  for (const part of [calls, participants, conferences, recordings, messages, queues, incomingPhoneNumbers]) seen[part.name] = await part();
  console.log(JSON.stringify(seen));
}

main();
