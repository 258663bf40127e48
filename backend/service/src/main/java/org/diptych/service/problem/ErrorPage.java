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
        if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            response.setHeader(HttpHeaders.RETRY_AFTER, ProblemDocument.RETRY_AFTER_SECONDS);
        }
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
                    body { margin: 15vh auto; max-width: 32rem; padding: 0 1.5rem; font: 1rem/1.5 system-ui, sans-serif }
                    h1 { font-size: 1.4rem }
                    </style>
                    </head>
                    <body>
                    <main><h1>%s</h1><p>%s</p><p><a href="%s">%s</a></p></main>
                    </body>
                    </html>
                    """.formatted(language, title, title, text, start.replaceAll("[\"<>&]", ""), back);
        }
    }
}
