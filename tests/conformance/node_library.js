// The unmodified official Node library against the emulator: one JSON line of what it saw.
const twilio = require("twilio");
const RequestClient = require("twilio/lib/base/RequestClient");
const [api, accountSid, authToken, outgoing] = process.argv.slice(2);

class Redirected extends (RequestClient.default || RequestClient) {
  request(options) {
    return super.request({ ...options, uri: options.uri.replace("https://api.twilio.com", api) });
  }
}

async function main() {
  const client = twilio(accountSid, authToken, { httpClient: new Redirected() });
  const call = await client.calls.create({ to: "+12025550101", from: "+12025550150", url: outgoing });
  const fetched = await client.calls(call.sid).fetch();
  const ended = await client.calls(call.sid).update({ status: "completed" });
  const message = await client.messages.create({ to: "+12025550101", from: "+12025550150", body: "Hello" });
  const numbers = await client.incomingPhoneNumbers.list();
  const participant = await client.conferences("room").participants.create({ to: "+12025550101", from: "+12025550150" });
  const conferences = await client.conferences.list({ friendlyName: "room" });
  const calls = await client.calls.list({ pageSize: 1 });
  const refused = await client.calls.create({ to: "12", from: "+12025550150", url: outgoing }).catch((error) => error);
  console.log(JSON.stringify({
    created: call.status, direction: call.direction, fetched: fetched.sid === call.sid, ended: ended.status,
    message: message.status, number: numbers[0].phoneNumber, conference: conferences[0].sid === participant.conferenceSid,
    calls: calls.length, error: [refused.status, refused.code], born: call.dateCreated instanceof Date,
  }));
}

main();
