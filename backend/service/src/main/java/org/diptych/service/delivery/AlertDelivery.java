package org.diptych.service.delivery;

import org.springframework.stereotype.Service;

/** Sends what is due, for a job that one node at a time has. */
@Service
public class AlertDelivery {
    private final AlertMails mails;
    private final WebhookCalls calls;

    AlertDelivery(AlertMails mails, WebhookCalls calls) {
        this.mails = mails;
        this.calls = calls;
    }

    /** Mails and calls; what fails is tried again later. */
    public void sendDue() {
        mails.sendDue();
        calls.callDue();
    }
}
