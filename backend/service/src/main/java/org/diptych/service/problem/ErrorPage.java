package org.diptych.service.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** The page for what fails before a page of the product could be shown. It needs nothing but itself. */
final class ErrorPage {
    private ErrorPage() {}

    static void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status().value());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        ProblemDocument.sayWhen(response, problem);
        response.setContentType("text/html;charset=utf-8");
        response.getOutputStream()
                .write(of(problem.status(), request.getLocale(), request.getContextPath() + "/")
                        .getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The page itself.
     *
     * @param start where the product begins
     */
    static String of(HttpStatus status, Locale locale, String start) {
        return ("zh".equals(locale.getLanguage()) ? chinese(status) : english(status)).page(start);
    }

    private static Words english(HttpStatus status) {
        return switch (status) {
            case SERVICE_UNAVAILABLE ->
                new Words(
                        "en",
                        "Diptych cannot be reached",
                        "The server has lost its database for a moment. What you sent is kept in this browser. Try again in"
                                + " some seconds.",
                        "Try again");
            case FORBIDDEN ->
                new Words(
                        "en",
                        "This cannot be done",
                        "Your account may not do this, or the page was open for too long. Go back and load it again.",
                        "Back to the start");
            case INTERNAL_SERVER_ERROR ->
                new Words(
                        "en",
                        "Something went wrong",
                        "The server could not show this page. Its log says why. Try again later.",
                        "Back to the start");
            default ->
                new Words(
                        "en",
                        "There is no such page",
                        "The address is wrong or not complete. Look at it again, or begin at the start.",
                        "Back to the start");
        };
    }

    private static Words chinese(HttpStatus status) {
        return switch (status) {
            case SERVICE_UNAVAILABLE -> new Words("zh", "暂时无法使用 Diptych", "服务器暂时连不上数据库。你提交的内容保存在此浏览器中。请过几秒再试。", "重试");
            case FORBIDDEN -> new Words("zh", "无法执行此操作", "你的账号没有此权限，或者页面打开得太久了。请返回并重新加载。", "回到首页");
            case INTERNAL_SERVER_ERROR -> new Words("zh", "出错了", "服务器无法显示此页面，原因见服务器日志。请稍后再试。", "回到首页");
            default -> new Words("zh", "没有这个页面", "地址有误或不完整。请检查地址，或从首页开始。", "回到首页");
        };
    }

    private record Words(String language, String title, String text, String back) {
        String page(String start) {
            return """
                    <!doctype html>
                    <html lang="%s">
                    <head>
                    <meta charset="utf-8">
                    <meta name="viewport" content="width=device-width, initial-scale=1">
                    <meta name="color-scheme" content="light dark">
                    <title>%s · Diptych</title>
                    <link rel="icon" href="data:,">
                    <style>
                    :root { color-scheme: light dark }
                    body { margin: 0; min-height: 100vh; display: grid; place-content: center; background: light-dark(#f2f2f2, #141414);
                      color: light-dark(#191919, #f1f1f1); font: .875rem/1.5 "Instrument Sans", system-ui, sans-serif }
                    main { box-sizing: border-box; max-width: 30rem; padding: 2rem; border: 1px solid light-dark(#dfdfdf, #333333);
                      border-radius: 8px; background: light-dark(#ffffff, #1c1c1c) }
                    header { display: flex; gap: .5rem; align-items: center; font-weight: 600 }
                    h1 { margin: 1.25rem 0 .25rem; font-size: 1.125rem }
                    p { margin: 0 0 1.25rem; color: light-dark(#535353, #b8b8b8) }
                    a { display: inline-block; padding: .5rem .875rem; border-radius: 6px; background: light-dark(#1d1d1d, #f3f3f3);
                      color: light-dark(#ffffff, #141414); text-decoration: none; font-weight: 500 }
                    @media (forced-colors: active) { a { border: 1px solid } }
                    </style>
                    </head>
                    <body>
                    <main>
                    <header>
                    <svg width="22" height="22" viewBox="0 0 22 22" stroke="currentColor" stroke-width="2" aria-hidden="true">
                    <rect x="1" y="3" width="9" height="16" rx="1.5" fill="none"/>
                    <rect x="12" y="3" width="9" height="16" rx="1.5" fill="currentColor"/>
                    </svg>
                    Diptych
                    </header>
                    <h1>%s</h1><p>%s</p><a href="%s">%s</a>
                    </main>
                    </body>
                    </html>
                    """.formatted(language, title, title, text, start.replaceAll("[\"<>&]", ""), back);
        }
    }
}
