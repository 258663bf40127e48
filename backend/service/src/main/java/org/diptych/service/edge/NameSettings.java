package org.diptych.service.edge;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Under which names the server is reached.
 *
 * @param publicUrl what people type; without it every name will do
 * @param hosts further names, as other servers inside use them
 */
@ConfigurationProperties("diptych")
record NameSettings(@Nullable URI publicUrl, @DefaultValue List<String> hosts) {}
