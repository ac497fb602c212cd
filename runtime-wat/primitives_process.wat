;; Primitives of Semaphores, Processes, critical sections and clocks. A switch is a capture after which the run loop goes on
;; with $next_process.

;; The active process stops with this answer to its send; another one goes on.
(func $switch_with (param $answer eqref) (param $next eqref) (result eqref)
  (drop (call $begin_capture_push (local.get $answer)))
  (global.set $after_capture (i32.const 2))
  (global.set $next_process (local.get $next))
  (global.get $unwind))

;; Makes the process runnable; it preempts the active one when its priority is higher.
(func $resume_process (param $process eqref) (param $answer eqref) (result eqref)
  (local $active eqref) (local $priority i32)
  (local.set $active (call $active_process))
  (local.set $priority (call $process_priority (local.get $process)))
  (if (i32.gt_s (local.get $priority) (call $process_priority (local.get $active)))
    (then
      (call $put_preempted (local.get $active))
      (return_call $switch_with (local.get $answer) (local.get $process))))
  (call $note_ready (local.get $priority))
  (call $add_last (local.get $process) (call $run_list (local.get $priority)))
  (local.get $answer))

;; signal
(func $primitive_85 (param $receiver eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $is_semaphore (local.get $receiver))) (then (return (global.get $failed))))
  (if (call $is_empty_list (local.get $receiver))
    (then
      (call $add_excess_signal (local.get $receiver))
      (return (local.get $receiver))))
  (return_call $resume_process (call $remove_first (local.get $receiver)) (local.get $receiver)))

;; wait
(func $primitive_86 (param $receiver eqref) (param $depth i32) (result eqref)
  (local $excess i32)
  (if (i32.eqz (call $is_semaphore (local.get $receiver))) (then (return (global.get $failed))))
  (local.set $excess (call $number_2 (local.get $receiver)))
  (if (i32.gt_s (local.get $excess) (i32.const 0))
    (then
      (call $set_field_2 (local.get $receiver) (ref.i31 (i32.sub (local.get $excess) (i32.const 1))))
      (return (local.get $receiver))))
  (call $add_last (call $active_process) (local.get $receiver))
  (return_call $switch_with (local.get $receiver) (call $wake_highest)))

;; resume
(func $primitive_87 (param $receiver eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $is_resumable (local.get $receiver))) (then (return (global.get $failed))))
  (return_call $resume_process (local.get $receiver) (local.get $receiver)))

;; suspend: the active process stops, another one leaves the list it is in
(func $primitive_88 (param $receiver eqref) (param $depth i32) (result eqref)
  (local $list eqref)
  (if (ref.eq (local.get $receiver) (call $active_process))
    (then (return_call $switch_with (ref.null eq) (call $wake_highest))))
  (local.set $list (call $field_3 (local.get $receiver)))
  (if (ref.is_null (local.get $list)) (then (return (global.get $failed))))
  (if (i32.eqz (call $remove_process (local.get $receiver) (local.get $list))) (then (return (global.get $failed))))
  (local.get $list))

;; suspend, as it is since 2022: a process that is blocked will block again when it is resumed; only for one that was
;; runnable its list is the answer
(func $primitive_578 (param $receiver eqref) (param $depth i32) (result eqref)
  (local $list eqref) (local $answer eqref)
  (if (ref.eq (local.get $receiver) (call $active_process))
    (then (return_call $switch_with (ref.null eq) (call $wake_highest))))
  (local.set $list (call $slot_get (local.get $receiver) (i32.const 3)))
  (local.set $answer (call $primitive_88 (local.get $receiver) (local.get $depth)))
  (if (ref.eq (local.get $answer) (global.get $failed)) (then (return (local.get $answer))))
  (if (ref.eq (local.get $list) (call $run_list (call $process_priority (local.get $receiver))))
    (then (return (local.get $list))))
  (call $back_up (call $slot_get (local.get $receiver) (i32.const 1)) (local.get $list))
  (ref.null eq))

;; The Context executes the send that blocked it again: its receiver takes the place of the answer that is on the stack.
(func $back_up (param $value eqref) (param $list eqref)
  (local $context (ref $Context)) (local $pc i32)
  (block $other (result eqref)
    (local.set $context (br_on_cast_fail $other eqref (ref $Context) (local.get $value)))
    (local.set $pc (call $pc_before (struct.get $Context $method (local.get $context))
      (struct.get $Context $pc (local.get $context))))
    (if (i32.or (i32.lt_s (local.get $pc) (i32.const 0)) (i32.eqz (struct.get $Context $sp (local.get $context))))
      (then (return)))
    (struct.set $Context $pc (local.get $context) (local.get $pc))
    (array.set $Slots (struct.get $Context $slots (local.get $context))
      (i32.sub (struct.get $Context $sp (local.get $context)) (i32.const 1)) (local.get $list))
    (return))
  (drop))

;; The pc of the instruction that ends where $pc is, with its prefixes; -1 when there is none.
(func $pc_before (param $method (ref $CompiledMethod)) (param $pc i32) (result i32)
  (local $bytes (ref $Bytes)) (local $at i32) (local $start i32) (local $byte i32) (local $isSista i32)
  (local.set $bytes (struct.get $CompiledMethod $bytes (local.get $method)))
  (local.set $isSista (i32.lt_s (struct.get $CompiledMethod $methodHeader (local.get $method)) (i32.const 0)))
  (loop $next
    (if (i32.ge_u (local.get $at) (array.len (local.get $bytes))) (then (return (i32.const -1))))
    (local.set $byte (array.get_u $Bytes (local.get $bytes) (local.get $at)))
    (local.set $at (i32.add (local.get $at)
      (select (call $sista_length (local.get $byte)) (call $v3_length (local.get $byte)) (local.get $isSista))))
    (if (i32.eq (local.get $at) (local.get $pc)) (then (return (local.get $start))))
    (if (i32.gt_u (local.get $at) (local.get $pc)) (then (return (i32.const -1))))
    ;; 224, 225: prefixes
    (if (i32.eqz (i32.and (local.get $isSista) (i32.eq (i32.and (local.get $byte) (i32.const 0xFE)) (i32.const 224))))
      (then (local.set $start (local.get $at))))
    (br $next))
  (unreachable))

(func $sista_length (param $byte i32) (result i32)
  (i32.add (i32.const 1)
    (i32.add (i32.ge_u (local.get $byte) (i32.const 224)) (i32.ge_u (local.get $byte) (i32.const 248)))))

(func $v3_length (param $byte i32) (result i32)
  (block $four (block $three (block $two (block $one
    (br_table $two $two $two $two $three $two $two $one $one $one $two $three $three $three $three $four $one
      (i32.sub (local.get $byte) (i32.const 128))))
    (return (select (i32.const 2) (i32.const 1)
      (i32.and (i32.ge_u (local.get $byte) (i32.const 160)) (i32.lt_u (local.get $byte) (i32.const 176))))))
    (return (i32.const 2)))
    (return (i32.const 3)))
  (i32.const 4))

;; yield
(func $primitive_167 (param $receiver eqref) (param $depth i32) (result eqref)
  (local $active eqref) (local $list eqref) (local $lists (ref $Slots)) (local $index i32) (local $next (ref null $Fixed4))
  (local.set $active (call $active_process))
  (local.set $lists (call $run_lists))
  (local.set $index (i32.sub (call $process_priority (local.get $active)) (i32.const 1)))
  (if (i32.ge_u (local.get $index) (array.len (local.get $lists))) (then (return (local.get $receiver))))
  (local.set $list (array.get $Slots (local.get $lists) (local.get $index)))
  (if (i32.le_s (global.get $highest_ready) (i32.add (local.get $index) (i32.const 1)))
    (then
      (local.set $next (call $exchange_first (local.get $list) (local.get $active)))
      (if (i32.eqz (ref.is_null (local.get $next)))
        (then (return_call $switch_with (local.get $receiver) (local.get $next))))))
  (if (call $is_empty_list (local.get $list)) (then (return (local.get $receiver))))
  (call $add_last (local.get $active) (local.get $list))
  (return_call $switch_with (local.get $receiver) (call $wake_highest_of (local.get $lists))))

;; --- critical sections: 0 firstLink, 1 lastLink, 2 owningProcess ---

;; primitiveExitCriticalSection
(func $primitive_185 (param $receiver eqref) (param $depth i32) (result eqref)
  (local $owner eqref)
  (if (call $is_empty_list (local.get $receiver))
    (then
      (call $set_field_2 (local.get $receiver) (ref.null eq))
      (return (local.get $receiver))))
  (local.set $owner (call $remove_first (local.get $receiver)))
  (call $set_field_2 (local.get $receiver) (local.get $owner))
  (return_call $resume_process (local.get $owner) (local.get $receiver)))

;; primitiveEnterCriticalSection: false, the process waits or owns the section now; true, it owned it before
(func $primitive_186 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $enter_critical_section (local.get $receiver) (call $active_process)))

(func $primitive_186_1 (param $receiver eqref) (param $process eqref) (param $depth i32) (result eqref)
  (return_call $enter_critical_section (local.get $receiver) (local.get $process)))

(func $enter_critical_section (param $section eqref) (param $process eqref) (result eqref)
  (local $owner eqref)
  (local.set $owner (call $field_2 (local.get $section)))
  (if (ref.is_null (local.get $owner))
    (then
      (call $set_field_2 (local.get $section) (local.get $process))
      (return (global.get $false))))
  (if (ref.eq (local.get $owner) (local.get $process)) (then (return (global.get $true))))
  (call $add_last (call $active_process) (local.get $section))
  (return_call $switch_with (global.get $false) (call $wake_highest)))

;; primitiveTestAndSetOwnershipOfCriticalSection: nil when another process owns the section
(func $primitive_187 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $test_and_set_owner (local.get $receiver) (call $active_process)))

(func $primitive_187_1 (param $receiver eqref) (param $process eqref) (param $depth i32) (result eqref)
  (return_call $test_and_set_owner (local.get $receiver) (local.get $process)))

(func $test_and_set_owner (param $section eqref) (param $process eqref) (result eqref)
  (local $owner eqref)
  (local.set $owner (call $field_2 (local.get $section)))
  (if (ref.is_null (local.get $owner))
    (then
      (call $set_field_2 (local.get $section) (local.get $process))
      (return (global.get $false))))
  (if (ref.eq (local.get $owner) (local.get $process)) (then (return (global.get $true))))
  (ref.null eq))

;; --- waiting for the host ---

;; relinquishProcessorForMicroseconds: the idle process gives way to the host until something is due
(func $primitive_230 (param $receiver eqref) (param $microseconds eqref) (param $depth i32) (result eqref)
  (local $time i32)
  (local.set $time (call $integer_value_u32 (local.get $microseconds)))
  (if (i32.eqz (global.get $integer_valid)) (then (return_call $fail_with (i32.const 3))))
  (if (i32.eqz (local.get $time)) (then (return (local.get $receiver))))
  (drop (call $begin_capture_push (local.get $receiver)))
  (global.set $after_capture (i32.const 5))
  (global.get $unwind))

;; Kernels without a ProcessorScheduler idle like this.
(func $primitive_230_0 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $primitive_230 (local.get $receiver) (ref.i31 (i32.const 1000)) (local.get $depth)))

;; The timer Semaphore is signalled at that host time, at once if that is past; anything but a Semaphore cancels it.
(func $set_timer (param $semaphore eqref) (param $time f64)
  (if (i32.eqz (call $is_semaphore (local.get $semaphore)))
    (then
      (local.set $semaphore (ref.null eq))
      (local.set $time (f64.const inf))))
  (array.set $Slots (global.get $special_objects) (i32.const 29) (local.get $semaphore))
  (global.set $wake_time (local.get $time))
  (if (f64.le (local.get $time) (call $host_milliseconds)) (then (global.set $countdown (i32.const 0)))))

;; What the image asks for comes from the same clock as its microseconds; $host_milliseconds is for the runtime itself.
(func $millisecond_clock (result i32)
  (i32.and (i32.wrap_i64 (i64.div_u (call $host_utc_microseconds) (i64.const 1000))) (i32.const 0x1FFFFFFF)))

;; signal: semaphore atMilliseconds: time; the millisecond clock wraps
(func $primitive_136 (param $receiver eqref) (param $semaphore eqref) (param $time eqref) (param $depth i32) (result eqref)
  (local $delta i32)
  (if (i32.eqz (ref.test (ref i31) (local.get $time))) (then (return (global.get $failed))))
  (local.set $delta (i32.sub (call $small_or (local.get $time) (i32.const 0)) (call $millisecond_clock)))
  (if (i32.lt_s (local.get $delta) (i32.const -0x10000000))
    (then (local.set $delta (i32.add (local.get $delta) (i32.const 0x20000000)))))
  (call $set_timer (local.get $semaphore)
    (f64.add (call $host_milliseconds) (f64.convert_i32_s (local.get $delta))))
  (local.get $receiver))

;; signal: semaphore atUTCMicroseconds: time
(func $primitive_242 (param $receiver eqref) (param $semaphore eqref) (param $time eqref) (param $depth i32) (result eqref)
  (local $microseconds i64)
  (local.set $microseconds (call $integer_value_i64 (local.get $time)))
  (if (i32.eqz (global.get $integer_valid)) (then (return (global.get $failed))))
  (call $set_timer (local.get $semaphore)
    (f64.add (call $host_milliseconds)
      (f64.div (f64.convert_i64_s (i64.sub (local.get $microseconds) (call $host_utc_microseconds))) (f64.const 1000))))
  (local.get $receiver))

;; --- clocks ---

;; millisecondClockValue
(func $primitive_135 (param $receiver eqref) (param $depth i32) (result eqref)
  (ref.i31 (call $millisecond_clock)))

;; seconds since 1901, local time
(func $primitive_137 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $integer_of_i64 (i64.div_s (call $local_microseconds) (i64.const 1000000))))

(func $local_microseconds (result i64)
  (i64.add (call $host_utc_microseconds)
    (i64.mul (i64.extend_i32_s (call $host_local_offset_seconds)) (i64.const 1000000))))

;; microseconds since 1901: UTC, local
(func $primitive_240 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $integer_of_i64 (call $host_utc_microseconds)))

(func $primitive_241 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $integer_of_i64 (call $local_microseconds)))
