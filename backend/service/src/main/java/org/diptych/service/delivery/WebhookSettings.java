package org.diptych.service.delivery;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where webhooks may go.
 *
 * @param hosts names of hosts, e.g. {@code hooks.example.org} or {@code *.example.org}; none: there are no webhooks
 * @param privateAddresses whether hosts may be on this machine or in its network, and be called without encryption
 */
@ConfigurationProperties("diptych.webhooks")
record WebhookSettings(
        @DefaultValue List<String> hosts,
        @DefaultValue("false") boolean privateAddresses) {}
