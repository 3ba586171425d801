import { pretokenise, readable } from "./pretokenise";

/** Codes of the characters above ASCII and below the space. */
const shown = (text: string): string => text.replace(/[^ -~]/g, (one) => `<${one.charCodeAt(0)}>`);

test.each([
  ["if(a===1)return b;else return-c", "<163>(a<139><212><1>)<171>b;<164><171>-c"],
  ["for(var i=0;i<16;i++)x+=i", "<167>(<172>i=<211>;i<<212><16>;i<152>)x<150>i"],
  ["t=\"ab\\x00\\n\\\"\"+'\"';u=\"\"", "t=<209><5>ab<0><10>\"+<209><1>\";u=\"\""],
  ["a.default={default:1,in:b?true:false}", "a.default={default:<212><1>,in:b?<180>:<181>}"],
  ["a=300+40000+1.5+0x10+1e9", "a=<213>,<1>+40000+1.5+<212><16>+1e9"],
  ["a+ +b- --c", "a+ +b-<153>c"],
  ["typeof a in b", "<191>a<185>b"],
])("%s", (code, tokens) => {
  expect(shown(pretokenise(code))).toBe(tokens);
});

test("a text of 256 characters has two bytes of length", () => {
  expect(shown(pretokenise(`"${"x".repeat(300)}"`))).toBe(`<210>,<1>${"x".repeat(300)}`);
});

test("ordinary code comes back", () => {
  const code = "var f=function(a,b){if(a==='x\\x01\"')return 300 .toString()+b;switch(a){case 40000:throw null;default:return[-1,0,\"\"]}};out=[f('x\\x01\"',2),f(40000)]";
  const run = (text: string): string => {
    try { return JSON.stringify(new Function(`var out;${text.replace("f(40000)", "0")};return out`)()); } catch (error) { return String(error); }
  };
  expect(run(readable(pretokenise(code)))).toBe(run(code));
  expect(run(code)).toBe('["3002",0]');
});
