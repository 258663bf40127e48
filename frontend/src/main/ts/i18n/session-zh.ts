import type { sessionEn } from "./session-en.js";

/** What stands between the answers and the server, in Chinese. */
export const sessionZh: Readonly<Record<keyof typeof sessionEn, string>> = {
  signed_out_line: "你已退出登录。",
  keep_open: "此浏览器不保存你的答案：请不要关闭本页。",
  signed_out_beside: "登录页在旁边打开，之后本页自动继续。",
  sending: "正在发送",
  kept_here: "你的答案保存在本机。",
  trouble_server: "服务器出现问题（{status}）。",
  trouble_stranger: "有其他页面代替服务器作答，例如网络的登录页。",
  server_problem: "服务器有问题，{n} 条待发送",
  unstored: "未存到本机",
  unstored_line: "此浏览器不保存你的答案。每条答案发送成功后才进入下一对。",
  unsafe_line: "这条答案既没有存到本机，也没有发出。在此之前它留在本页。",
  notice_unsafe: "未提交。",
  other_account_title: "此浏览器现在以 {name} 登录",
  other_account_text: "{name} 的答案为 {name} 保留。{name} 重新登录之前，本页不再发送任何内容。",
  sign_in_as: "以 {name} 登录",
  go_on_as: "以 {name} 继续",
  used_up_title: "本机保存的图对都已答完",
  used_up_text: "没有网络，无法取得更多。{n} 条答案在本机等待，恢复后发送。",
  used_up_text_one: "没有网络，无法取得更多。1 条答案在本机等待，恢复后发送。",
  not_counted_error: "服务器一再以错误（{status}）回应。",
  not_counted_refused: "服务器没有接受（{code}）。",
};
