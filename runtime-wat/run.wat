;; The run loop: interprets the active process from depth 0, carries out what a capture was begun for, signals the timer and
;; other Semaphores, and goes back to the host when its time slice is over or nothing can run.

(global $active_context (mut (ref null $Context)) (ref.null $Context))   ;; what the loop continues; stale while it runs
(global $idle (mut i32) (i32.const 0))                                  ;; the active process waits and no other can run
(global $slice_end (mut f64) (f64.const 0))
(global $wake_time (export "wakeTime") (mut f64) (f64.const inf))       ;; when the timer Semaphore is due, host milliseconds
(global $exit_code (export "exitCode") (mut i32) (i32.const 0))
(global $quitting (mut i32) (i32.const 0))
(global $interrupt_pending (mut i32) (i32.const 0))
(global $finalization_pending (mut i32) (i32.const 0))
(global $external_signals (ref $Words) (array.new $Words (i32.const 0) (i32.const 1024)))  ;; per index: signals to deliver
(global $external_pending (mut i32) (i32.const 0))
(global $poll_interval (mut i32) (i32.const 1000))                      ;; sends and back jumps between two polls
(global $last_poll (mut f64) (f64.const 0))
(global $check_due (mut i32) (i32.const 0))                             ;; the run loop looks at timers and signals before it goes on
(global $switch_cost i32 (i32.const 8))                                 ;; a capture counts as so many sends

;; --- what the host calls ---

(export "interpretOnly" (global $interpret_only))
(export "counting" (global $counting))

(func $start (export "start")
;;@if INSTRUMENTED
  (call $forget_allocations)
;;@endif
  (global.set $countdown (global.get $poll_interval))
  (return_call $load_process (call $active_process)))

(func $signal_external (export "signalExternal") (param $index i32)
  (if (i32.ge_u (local.get $index) (i32.const 1024)) (then (return)))
  (array.set $Words (global.get $external_signals) (local.get $index)
    (i32.add (i32.const 1) (array.get $Words (global.get $external_signals) (local.get $index))))
  (global.set $external_pending (i32.const 1)))

(func $interrupt (export "interrupt")
  (global.set $interrupt_pending (i32.const 1)))

;; 0: the slice is over; 1: idle until wakeTime; 2: the image has quit; 3: no process can run; 4: it was stopped (stop.wat).
(func $run (export "run") (param $budget f64) (result i32)
  (local $status i32)
  (global.set $last_poll (call $host_milliseconds))
  (global.set $slice_end (f64.add (global.get $last_poll) (local.get $budget)))
  (call $begin_short_polls)
  (global.set $check_due (i32.const 1))
  (loop $again
    (if (global.get $quitting) (then (return (i32.const 2))))
    (if (global.get $stopping) (then (return (i32.const 4))))
;;@if RECORDED
    (call $forget_frames)
;;@endif
    (call $note_switch)
    (if (i32.or (global.get $check_due) (global.get $idle))
      (then
        (call $check_interrupts)
        (if (global.get $idle) (then (return (i32.const 1))))
        (if (f64.ge (global.get $last_poll) (global.get $slice_end)) (then (return (i32.const 0))))))
    (if (ref.is_null (global.get $active_context)) (then (return (i32.const 3))))
    (if (call $is_idle_process) (then (return (i32.const 1))))
    (local.set $status (call $run_active))
    (br_if $again (i32.lt_s (local.get $status) (i32.const 0)))
    (return (local.get $status)))
  (unreachable))

;; Asking the host for the time costs more than a switch of processes: only as often as polls are due.
(func $note_switch
  (global.set $countdown (i32.sub (global.get $countdown) (global.get $switch_cost)))
  (if (i32.lt_s (global.get $countdown) (i32.const 0))
    (then (if (call $is_something_due) (then (global.set $check_due (i32.const 1)))))))

;; Whether the active process is one that only waits, and nothing has come in that would end that.
(func $is_idle_process (result i32)
  (if (ref.is_null (global.get $idle_process)) (then (return (i32.const 0))))
  (if (i32.eqz (ref.eq (global.get $idle_process) (call $active_process))) (then (return (i32.const 0))))
  (call $check_interrupts)
  (ref.eq (global.get $idle_process) (call $active_process)))

;; At the next poll, which comes at once.
(func $end_slice
  (global.set $slice_end (f64.const -inf))
  (global.set $countdown (i32.const 0)))

;; Work within a primitive counts as so many sends until the next poll: large copies would keep the page waiting.
(func $count_work (param $units i32)
  (if (i32.gt_u (local.get $units) (i32.const 0x1000000)) (then (local.set $units (i32.const 0x1000000))))
  (global.set $countdown
    (i32.sub (select (global.get $countdown) (i32.const -1) (i32.ge_s (global.get $countdown) (i32.const 0)))
      (local.get $units))))

;; What runs next may take longer for each send than what ran last: a slice is not to be overrun before that is noticed.
(func $begin_short_polls
  (if (i32.gt_s (global.get $poll_interval) (i32.const 20000))
    (then (global.set $poll_interval (i32.const 20000))))
  (if (i32.gt_s (global.get $countdown) (global.get $poll_interval))
    (then (global.set $countdown (global.get $poll_interval)))))

;; Until a capture that is not for an ordinary switch. -1: go on; otherwise the answer to the host.
(func $run_active (result i32)
  (local $result eqref) (local $context (ref $Context)) (local $next (ref null $Context)) (local $code i32)
  (local $pc i32)
  (local.set $context (ref.as_non_null (global.get $active_context)))
  (loop $again
    (local.set $code (call $resume_code (local.get $context)))
    (local.set $pc (struct.get $Context $pc (local.get $context)))
    (local.set $result (call $run_context (local.get $context) (local.get $code)))
    (if (ref.eq (local.get $result) (global.get $unwind))
      (then
        (local.set $next (call $switch_at_once))
        (if (ref.is_null (local.get $next))
          (then
            (if (local.get $code) (then (call $note_refusal (local.get $context) (local.get $pc))))
            (return_call $finish_capture))))
      (else
        (if (i32.eqz (local.get $code)) (then (call $report_fatal (i32.const 3)) (return (i32.const 3))))
        (local.set $next (call $return_to_sender (local.get $context) (local.get $result)))
        (if (ref.is_null (local.get $next))
          (then (return_call $run_cannot_return (local.get $context) (local.get $result))))))
    (local.set $context (ref.as_non_null (local.get $next)))
    (br $again))
  (unreachable))

;; By the code that goes on where it stands, or by the interpreter.
(func $run_context (param $context (ref $Context)) (param $code i32) (result eqref)
  (global.set $active_context (local.get $context))
;;@if RECORDED
  (call $forget_frames)
;;@endif
  (if (local.get $code)
    (then (return (call_ref $LoopEntry (local.get $context) (i32.const 64)
      (ref.cast (ref $LoopEntry) (table.get $code (local.get $code)))))))
;;@if RECORDED
  (call $record_interpreter (local.get $context) (i32.const 0))
;;@endif
  (call $interpret (local.get $context) (i32.const 0)))

;; --- going on behind a send ---

;; The entry that was tried last refused the Context: it leaves where it was to begin.
(global $interpret_next (mut i32) (i32.const 0))

;; Code that goes on where the Context stands, 0 when there is none.
(func $resume_code (param $context (ref $Context)) (result i32)
  (local $method (ref $CompiledMethod))
  (if (global.get $interpret_next)
    (then
      (global.set $interpret_next (i32.const 0))
      (return (i32.const 0))))
  (local.set $method (struct.get $Context $method (local.get $context)))
  (if (ref.is_null (struct.get $CompiledMethod $entries (local.get $method))) (then (return (i32.const 0))))
  (if (i32.eqz (call $may_run_translated (local.get $method) (struct.get $Context $receiver (local.get $context))))
    (then (return (i32.const 0))))
  (return_call $entry_code (local.get $method)
    (i32.or (i32.const 0x80000000)
      (i32.or (i32.shl (struct.get $Context $pc (local.get $context)) (i32.const 8))
        (struct.get $Context $sp (local.get $context))))))

(func $note_refusal (param $context (ref $Context)) (param $pc i32)
  (global.set $interpret_next
    (i32.and (ref.eq (global.get $captured_top) (local.get $context))
      (i32.and (i32.eqz (global.get $after_capture))
        (i32.eq (local.get $pc) (struct.get $Context $pc (local.get $context)))))))

;; The Context that goes on with the value; null when the sender cannot.
(func $return_to_sender (param $context (ref $Context)) (param $value eqref) (result (ref null $Context))
  (local $sender (ref $Context))
  (block $none (result eqref)
    (local.set $sender (br_on_cast_fail $none eqref (ref $Context) (struct.get $Context $sender (local.get $context))))
    (if (i32.lt_s (struct.get $Context $pc (local.get $sender)) (i32.const 0)) (then (return (ref.null $Context))))
    (struct.set $Context $pc (local.get $context) (i32.const -1))
    (struct.set $Context $sender (local.get $context) (ref.null eq))
    (call $context_push (local.get $sender) (local.get $value))
    (return (local.get $sender)))
  (drop)
  (ref.null $Context))

;; As in the interpreter: what cannotReturn: answers is pushed, and the activation tries again.
(func $run_cannot_return (param $context (ref $Context)) (param $value eqref) (result i32)
  (local $result eqref)
;;@if RECORDED
  (call $forget_frames)
;;@endif
  (local.set $result (call $send_1 (local.get $context) (local.get $value) (global.get $selector_cannot_return)
    (i32.const 64)))
  (if (ref.eq (local.get $result) (global.get $unwind))
    (then
      (drop (call $capture_interpreter (local.get $context) (struct.get $Context $pc (local.get $context))
        (struct.get $Context $sp (local.get $context)) (i32.const 0)))
      (return_call $finish_capture)))
  (call $context_push (local.get $context) (local.get $result))
  (global.set $active_context (local.get $context))
  (i32.const -1))

;; All Contexts are in the heap: does what the capture was for.
(func $finish_capture (result i32)
  (call $forget_capture)
  (global.set $active_context (global.get $captured_top))
  (global.set $captured_top (ref.null $Context))
  (if (global.get $stopping) (then (return_call $stop)))
  (block $relinquish (block $quit (block $check (block $switch (block $retry (block $resume
    (br_table $resume $retry $switch $check $quit $relinquish $resume (global.get $after_capture)))
    (return (i32.const -1)))
    (return_call $retry_primitive))
    (return_call $switch_process))
    (global.set $check_due (i32.const 1))
    (return (i32.const -1)))
    (global.set $quitting (i32.const 1))
    (return (i32.const 2)))
  (return_call $relinquish))

(func $forget_capture
  (global.set $barrier_count (i32.const 0))
  (global.set $unwind_reason (i32.const 0))
  (global.set $unwind_value (ref.null eq))
;;@if INSTRUMENTED
  (call $count_capture)
;;@endif
  (global.set $captured_bottom (ref.null $Context)))

;; The method whose primitive needed all Contexts runs now, as if sent from the youngest of them.
(func $retry_primitive (result i32)
  (local $method (ref $CompiledMethod)) (local $context (ref $Context)) (local $result eqref)
  (local.set $method (ref.as_non_null (global.get $retry_method)))
  (local.set $context (ref.as_non_null (global.get $active_context)))
  (global.set $retry_method (ref.null $CompiledMethod))
;;@if RECORDED
  (call $forget_frames)
;;@endif
  (local.set $result (call $call_primitive (local.get $method) (global.get $retry_receiver)
    (global.get $retry_arguments) (i32.const 0)))
  (if (ref.eq (local.get $result) (global.get $unwind))
    (then
      (drop (call $capture_interpreter (local.get $context) (struct.get $Context $pc (local.get $context))
        (struct.get $Context $sp (local.get $context)) (i32.const 0)))
      (return_call $finish_capture)))
  (if (ref.eq (local.get $result) (global.get $failed))
    (then
      (global.set $active_context (call $context_for (local.get $method) (global.get $retry_receiver)
        (global.get $retry_arguments)))
      (struct.set $Context $sender (global.get $active_context) (local.get $context))
;;@if INSTRUMENTED
      (call $count_context (ref.as_non_null (global.get $active_context)))
;;@endif
      )
    (else (call $context_push (local.get $context) (local.get $result))))
  (global.set $retry_receiver (global.get $unwind))
  (global.set $retry_arguments (global.get $empty_slots))
  (i32.const -1))

;; --- switching ---

;; The active process stops here; $next_process goes on, or nobody when it is nil.
(func $switch_process (result i32)
  (local $next eqref)
  (local.set $next (global.get $next_process))
  (global.set $next_process (ref.null eq))
  (call $suspend_active)
  (if (ref.is_null (local.get $next))
    (then (global.set $idle (i32.const 1)))
    (else (call $load_process (local.get $next))))
  (i32.const -1))

(func $suspend_active
  (call $set_field_1 (call $active_process) (global.get $active_context))
  (global.set $active_context (ref.null $Context)))

(func $load_process (param $process eqref)
  (local $plain (ref $Fixed4))
  (call $set_active_process (local.get $process))
  (block $odd (result eqref)
    (local.set $plain (br_on_cast_fail $odd eqref (ref $Fixed4) (local.get $process)))
    (global.set $active_context
      (br_on_cast_fail $odd eqref (ref $Context) (struct.get $Fixed4 $slot1 (local.get $plain))))
    (struct.set $Fixed4 $slot1 (local.get $plain) (ref.null eq))
    (struct.set $Fixed4 $slot3 (local.get $plain) (ref.null eq))
    (return))
  (drop)
  (return_call $load_odd_process (local.get $process)))

(func $load_odd_process (param $process eqref)
  (block $no_context (result eqref)
    (global.set $active_context
      (br_on_cast_fail $no_context eqref (ref $Context) (call $field_1 (local.get $process))))
    (call $set_field_1 (local.get $process) (ref.null eq))
    (call $set_field_3 (local.get $process) (ref.null eq))
    (return))
  (drop)
  (call $report_fatal (i32.const 4))
  (global.set $active_context (ref.null $Context)))

;; Nothing to do: back to the host unless a signal has come in.
(func $relinquish (result i32)
  (local $context (ref null $Context))
  (local.set $context (global.get $active_context))
  (call $check_interrupts)
  (if (ref.eq (local.get $context) (global.get $active_context)) (then (return (i32.const 1))))
  (i32.const -1))

;; What $finish_capture and $run do where the capture was for an ordinary switch and nothing else is due, in fewer steps: the
;; Context that goes on. Null, and nothing is changed, in all other cases.
(func $switch_at_once (result (ref null $Context))
  (local $scheduler (ref $Fixed2)) (local $active (ref $Fixed4)) (local $next (ref $Fixed4)) (local $context (ref $Context))
  (local $countdown i32)
  (block $other (result eqref)
    (block $none
      (br_if $none (i32.ne (global.get $after_capture) (i32.const 2)))
      (local.set $countdown (i32.sub (global.get $countdown) (global.get $switch_cost)))
      (br_if $none (i32.or (i32.lt_s (local.get $countdown) (i32.const 0))
        (i32.or (global.get $check_due) (global.get $stopping))))
      (br_if $none (ref.eq (global.get $next_process) (global.get $idle_process)))
      (local.set $scheduler (br_on_null $none (call $plain_scheduler)))
      (local.set $next (br_on_cast_fail $other eqref (ref $Fixed4) (global.get $next_process)))
      (local.set $active (br_on_cast_fail $other eqref (ref $Fixed4) (struct.get $Fixed2 $slot1 (local.get $scheduler))))
      (local.set $context (br_on_cast_fail $other eqref (ref $Context) (struct.get $Fixed4 $slot1 (local.get $next))))
      (global.set $countdown (local.get $countdown))
      (call $forget_capture)
      (global.set $next_process (ref.null eq))
      (struct.set $Fixed4 $slot1 (local.get $active) (global.get $captured_top))
      (global.set $captured_top (ref.null $Context))
      (struct.set $Fixed2 $slot1 (local.get $scheduler) (local.get $next))
      (struct.set $Fixed4 $slot1 (local.get $next) (ref.null eq))
      (struct.set $Fixed4 $slot3 (local.get $next) (ref.null eq))
      (return (local.get $context)))
    (ref.null eq))
  (drop)
  (ref.null $Context))

;; --- signals at depth 0 ---

(func $check_interrupts
  (local $process eqref)
  (global.set $check_due (i32.const 0))
  (global.set $highest_ready (i32.const 0x7FFFFFFF))
  (global.set $last_poll (call $host_milliseconds))
  ;; First, while the process that used up the memory is still the active one.
  (if (global.get $low_space_pending) (then (call $deliver_low_space)))
  (if (global.get $interrupt_pending)
    (then
      (global.set $interrupt_pending (i32.const 0))
      (call $signal_now (call $special_object (i32.const 30)))))
  (if (f64.ge (global.get $last_poll) (global.get $wake_time))
    (then
      (global.set $wake_time (f64.const inf))
      (call $signal_now (call $special_object (i32.const 29)))))
  (if (global.get $finalization_pending)
    (then
      (global.set $finalization_pending (i32.const 0))
      (call $signal_now (call $special_object (i32.const 41)))))
  (if (global.get $external_pending) (then (call $signal_externals)))
  (if (i32.ge_u (global.get $classes_entered) (global.get $classes_to_review)) (then (call $review_classes)))
  (if (global.get $idle)
    (then
      (local.set $process (call $wake_highest))
      (if (i32.eqz (ref.is_null (local.get $process)))
        (then
          (global.set $idle (i32.const 0))
          (call $load_process (local.get $process)))))))

(func $signal_externals
  (local $index i32) (local $count i32)
  (global.set $external_pending (i32.const 0))
  (call $deliver_from_host)
  (loop $next
    (local.set $count (array.get $Words (global.get $external_signals) (local.get $index)))
    (if (local.get $count)
      (then
        (array.set $Words (global.get $external_signals) (local.get $index) (i32.sub (local.get $count) (i32.const 1)))
        (call $signal_now (call $slot_get (call $special_object (i32.const 38)) (i32.sub (local.get $index) (i32.const 1))))
        (br $next)))
    (local.set $index (i32.add (local.get $index) (i32.const 1)))
    (br_if $next (i32.lt_u (local.get $index) (i32.const 1024)))))

(func $signal_now (param $semaphore eqref)
  (if (i32.eqz (call $is_semaphore (local.get $semaphore))) (then (return)))
  (if (call $is_empty_list (local.get $semaphore)) (then (return_call $add_excess_signal (local.get $semaphore))))
  (return_call $resume_now (call $remove_first (local.get $semaphore))))

(func $resume_now (param $process eqref)
  (local $active eqref)
  (local.set $active (call $active_process))
  (if (i32.or (global.get $idle)
        (i32.le_s (call $process_priority (local.get $process)) (call $process_priority (local.get $active))))
    (then (return_call $put_to_sleep (local.get $process))))
  (call $put_preempted (local.get $active))
  (call $suspend_active)
  (return_call $load_process (local.get $process)))

;; --- polls ---

;; Called when $countdown went below 0. 1: a restart capture has begun, since a Semaphore is to be signalled or the slice is over.
(func $poll (result i32)
  (if (i32.eqz (call $is_something_due)) (then (return (i32.const 0))))
  (drop (call $begin_capture_restart))
;;@if INSTRUMENTED
  (call $capture_for (i32.const 2))
;;@endif
  (global.set $after_capture (i32.const 3))
  (i32.const 1))

;; Sets $countdown anew, so that about a millisecond passes until the next poll.
(func $is_something_due (result i32)
  (local $now f64) (local $elapsed f64)
  (local.set $now (call $host_milliseconds))
  (local.set $elapsed (f64.sub (local.get $now) (global.get $last_poll)))
  (global.set $last_poll (local.get $now))
  (if (f64.lt (local.get $elapsed) (f64.const 0.7))
    (then (if (i32.lt_s (global.get $poll_interval) (i32.const 1000000))
      (then (global.set $poll_interval (i32.add (i32.const 16)
        (i32.add (global.get $poll_interval) (i32.shr_u (global.get $poll_interval) (i32.const 2)))))))))
  (if (f64.gt (local.get $elapsed) (f64.const 1.5))
    (then (global.set $poll_interval (i32.add (i32.const 200)
      (i32.trunc_sat_f64_s (f64.div (f64.convert_i32_s (global.get $poll_interval)) (local.get $elapsed)))))))
  (global.set $countdown (global.get $poll_interval))
  (i32.or
    (i32.or (f64.ge (local.get $now) (global.get $wake_time)) (f64.ge (local.get $now) (global.get $slice_end)))
    (i32.or
      (i32.or (global.get $interrupt_pending) (i32.or (global.get $external_pending) (global.get $stopping)))
      (i32.or (global.get $finalization_pending)
        (i32.ge_u (global.get $classes_entered) (global.get $classes_to_review))))))
