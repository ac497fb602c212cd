;; Processes, their lists and Semaphores as data structures in the image. Nothing here switches to another process; it only
;; says which one is next.

;; Slots. Process: 0 nextLink, 1 suspendedContext, 2 priority, 3 myList. LinkedList and Semaphore: 0 firstLink, 1 lastLink,
;; 2 excessSignals. ProcessorScheduler: 0 quiescentProcessLists, 1 activeProcess.

;; No list of a higher priority has a process that was put to sleep here. Smalltalk code may have put one into a list itself:
;; each check for interrupts begins at the top again.
(global $highest_ready (mut i32) (i32.const 0x7FFFFFFF))

;; Slots of what is nearly always a struct with slots inline.
;;@repeat 0 3
(func $field_@n (param $object eqref) (result eqref)
  (block $other (result eqref)
    (return (struct.get $Fixed@+ $slot@n (br_on_cast_fail $other eqref (ref $Fixed@+) (local.get $object)))))
  (drop)
  (return_call $slot_get (local.get $object) (i32.const @n)))

(func $set_field_@n (param $object eqref) (param $value eqref)
  (block $other (result eqref)
    (struct.set $Fixed@+ $slot@n (br_on_cast_fail $other eqref (ref $Fixed@+) (local.get $object)) (local.get $value))
    (return))
  (drop)
  (return_call $slot_put (local.get $object) (i32.const @n) (local.get $value)))
;;@end

;; Casts cost most of a switch: the association of the ProcessorScheduler and its value as they were found last, right as long
;; as the association is still the special object and has that value.
(global $scheduler_association (mut (ref null $Fixed2)) (ref.null $Fixed2))
(global $known_scheduler (mut (ref null $Fixed2)) (ref.null $Fixed2))

;; Null where it has another shape.
(func $plain_scheduler (result (ref null $Fixed2))
  (local $association (ref $Fixed2))
  (block $unknown
    (local.set $association (br_on_null $unknown (global.get $scheduler_association)))
    (br_if $unknown (i32.eqz (ref.eq (local.get $association) (call $special_object (i32.const 3)))))
    (br_if $unknown (i32.eqz (ref.eq (struct.get $Fixed2 $slot1 (local.get $association)) (global.get $known_scheduler))))
    (return (global.get $known_scheduler)))
  (return_call $find_scheduler))

(func $find_scheduler (result (ref null $Fixed2))
  (block $odd (result eqref)
    (global.set $scheduler_association
      (br_on_cast_fail $odd eqref (ref $Fixed2) (call $special_object (i32.const 3))))
    (global.set $known_scheduler
      (br_on_cast_fail $odd eqref (ref $Fixed2) (struct.get $Fixed2 $slot1 (global.get $scheduler_association))))
    (return (global.get $known_scheduler)))
  (drop)
  (ref.null $Fixed2))

(func $scheduler (result eqref)
  (return_call $field_1 (call $special_object (i32.const 3))))

(func $active_process (result eqref)
  (block $odd
    (return (struct.get $Fixed2 $slot1 (br_on_null $odd (call $plain_scheduler)))))
  (return_call $field_1 (call $scheduler)))

(func $set_active_process (param $process eqref)
  (block $odd
    (struct.set $Fixed2 $slot1 (br_on_null $odd (call $plain_scheduler)) (local.get $process))
    (return))
  (return_call $set_field_1 (call $scheduler) (local.get $process)))

(func $process_priority (param $process eqref) (result i32)
  (return_call $number_2 (local.get $process)))

;; Slot 2 where it is a SmallInteger, else 0: a Process's priority, a Semaphore's signals that nobody has waited for.
(func $number_2 (param $object eqref) (result i32)
  (block $odd (result eqref)
    (return (i31.get_s (br_on_cast_fail $odd eqref (ref i31)
      (struct.get $Fixed3 $slot2 (br_on_cast_fail $odd eqref (ref $Fixed3) (local.get $object)))))))
  (drop)
  (return_call $small_or (call $field_2 (local.get $object)) (i32.const 0)))

(func $is_empty_list (param $list eqref) (result i32)
  (ref.is_null (call $field_0 (local.get $list))))

(func $is_semaphore (param $value eqref) (result i32)
  (block $other (result eqref)
    (return (i32.eq (global.get $class_index_semaphore)
      (struct.get $Object $classIndex (br_on_cast_fail $other eqref (ref $Object) (local.get $value))))))
  (drop)
  (i32.const 0))

;; Puts the process at the end of the list.
(func $add_last (param $process eqref) (param $list eqref)
  (local $link (ref $Fixed4)) (local $ends (ref $Fixed2))
  (block $odd (result eqref)
    (local.set $link (br_on_cast_fail $odd eqref (ref $Fixed4) (local.get $process)))
    (local.set $ends (br_on_cast_fail $odd eqref (ref $Fixed2) (local.get $list)))
    (if (ref.is_null (struct.get $Fixed2 $slot0 (local.get $ends)))
      (then (struct.set $Fixed2 $slot0 (local.get $ends) (local.get $link)))
      (else (call $set_field_0 (struct.get $Fixed2 $slot1 (local.get $ends)) (local.get $link))))
    (struct.set $Fixed2 $slot1 (local.get $ends) (local.get $link))
    (struct.set $Fixed4 $slot0 (local.get $link) (ref.null eq))
    (struct.set $Fixed4 $slot3 (local.get $link) (local.get $list))
    (return))
  (drop)
  (return_call $add_last_anywhere (local.get $process) (local.get $list)))

;; Puts the process at the end of the list and takes out the first: the answer, null where the list is empty or anything is odd.
(func $exchange_first (param $list eqref) (param $process eqref) (result (ref null $Fixed4))
  (local $ends (ref $Fixed2)) (local $link (ref $Fixed4)) (local $first (ref $Fixed4)) (local $last (ref $Fixed4))
  (block $odd (result eqref)
    (local.set $ends (br_on_cast_fail $odd eqref (ref $Fixed2) (local.get $list)))
    (local.set $first (br_on_cast_fail $odd eqref (ref $Fixed4) (struct.get $Fixed2 $slot0 (local.get $ends))))
    (local.set $last (br_on_cast_fail $odd eqref (ref $Fixed4) (struct.get $Fixed2 $slot1 (local.get $ends))))
    (local.set $link (br_on_cast_fail $odd eqref (ref $Fixed4) (local.get $process)))
    (drop (br_if $odd (ref.null eq)
      (i32.or (ref.eq (local.get $link) (local.get $first)) (ref.eq (local.get $link) (local.get $last)))))
    (struct.set $Fixed4 $slot0 (local.get $link) (ref.null eq))
    (struct.set $Fixed4 $slot3 (local.get $link) (local.get $ends))
    (struct.set $Fixed4 $slot0 (local.get $last) (local.get $link))
    (struct.set $Fixed2 $slot1 (local.get $ends) (local.get $link))
    (struct.set $Fixed2 $slot0 (local.get $ends) (struct.get $Fixed4 $slot0 (local.get $first)))
    (struct.set $Fixed4 $slot0 (local.get $first) (ref.null eq))
    (struct.set $Fixed4 $slot3 (local.get $first) (ref.null eq))
    (return (local.get $first)))
  (drop)
  (ref.null $Fixed4))

(func $add_last_anywhere (param $process eqref) (param $list eqref)
  (if (call $is_empty_list (local.get $list))
    (then (call $set_field_0 (local.get $list) (local.get $process)))
    (else (call $set_field_0 (call $field_1 (local.get $list)) (local.get $process))))
  (call $set_field_1 (local.get $list) (local.get $process))
  (call $set_field_0 (local.get $process) (ref.null eq))
  (call $set_field_3 (local.get $process) (local.get $list)))

(func $add_first (param $process eqref) (param $list eqref)
  (if (call $is_empty_list (local.get $list)) (then (return_call $add_last (local.get $process) (local.get $list))))
  (call $set_field_0 (local.get $process) (call $field_0 (local.get $list)))
  (call $set_field_0 (local.get $list) (local.get $process))
  (call $set_field_3 (local.get $process) (local.get $list)))

(func $remove_first (param $list eqref) (result eqref)
  (local $ends (ref $Fixed2)) (local $first (ref $Fixed4))
  (block $odd (result eqref)
    (local.set $ends (br_on_cast_fail $odd eqref (ref $Fixed2) (local.get $list)))
    (local.set $first (br_on_cast_fail $odd eqref (ref $Fixed4) (struct.get $Fixed2 $slot0 (local.get $ends))))
    (if (ref.eq (local.get $first) (struct.get $Fixed2 $slot1 (local.get $ends)))
      (then
        (struct.set $Fixed2 $slot0 (local.get $ends) (ref.null eq))
        (struct.set $Fixed2 $slot1 (local.get $ends) (ref.null eq)))
      (else (struct.set $Fixed2 $slot0 (local.get $ends) (struct.get $Fixed4 $slot0 (local.get $first)))))
    (struct.set $Fixed4 $slot0 (local.get $first) (ref.null eq))
    (struct.set $Fixed4 $slot3 (local.get $first) (ref.null eq))
    (return (local.get $first)))
  (drop)
  (return_call $remove_first_anywhere (local.get $list)))

(func $remove_first_anywhere (param $list eqref) (result eqref)
  (local $first eqref)
  (local.set $first (call $field_0 (local.get $list)))
  (if (ref.eq (local.get $first) (call $field_1 (local.get $list)))
    (then
      (call $set_field_0 (local.get $list) (ref.null eq))
      (call $set_field_1 (local.get $list) (ref.null eq)))
    (else (call $set_field_0 (local.get $list) (call $field_0 (local.get $first)))))
  (call $set_field_0 (local.get $first) (ref.null eq))
  (call $set_field_3 (local.get $first) (ref.null eq))
  (local.get $first))

;; Takes the process out of the list it is in; 0 when it is not there.
(func $remove_process (param $process eqref) (param $list eqref) (result i32)
  (local $link eqref) (local $next eqref)
  (local.set $link (call $field_0 (local.get $list)))
  (if (ref.eq (local.get $link) (local.get $process))
    (then (drop (call $remove_first (local.get $list))) (return (i32.const 1))))
  (loop $search
    (if (ref.is_null (local.get $link)) (then (return (i32.const 0))))
    (local.set $next (call $field_0 (local.get $link)))
    (if (i32.eqz (ref.eq (local.get $next) (local.get $process)))
      (then
        (local.set $link (local.get $next))
        (br $search))))
  (call $set_field_0 (local.get $link) (call $field_0 (local.get $process)))
  (if (ref.eq (call $field_1 (local.get $list)) (local.get $process))
    (then (call $set_field_1 (local.get $list) (local.get $link))))
  (call $set_field_0 (local.get $process) (ref.null eq))
  (call $set_field_3 (local.get $process) (ref.null eq))
  (i32.const 1))

;; The lists of runnable processes, by priority.
(func $run_lists (result (ref $Slots))
  (local $lists eqref)
  (block $done
    (block $odd
      (local.set $lists (struct.get $Fixed2 $slot0 (br_on_null $odd (call $plain_scheduler))))
      (br $done))
    (local.set $lists (call $field_0 (call $scheduler))))
  (block $none (result eqref)
    (return (struct.get $Indexed $slots (br_on_cast_fail $none eqref (ref $Indexed) (local.get $lists)))))
  (drop)
  (global.get $empty_slots))

;; The list of runnable processes of this priority; nil when there is no such priority.
(func $run_list (param $priority i32) (result eqref)
  (local $lists (ref $Slots)) (local $index i32)
  (local.set $lists (call $run_lists))
  (local.set $index (i32.sub (local.get $priority) (i32.const 1)))
  (if (i32.ge_u (local.get $index) (array.len (local.get $lists))) (then (return (ref.null eq))))
  (array.get $Slots (local.get $lists) (local.get $index)))

(func $put_to_sleep (param $process eqref)
  (local $priority i32)
  (local.set $priority (call $process_priority (local.get $process)))
  (call $note_ready (local.get $priority))
  (return_call $add_last (local.get $process) (call $run_list (local.get $priority))))

;; The active process gives way to one of higher priority. Bit 4 of the image's flags: it stays the first of its own.
(func $put_preempted (param $process eqref)
  (local $priority i32)
  (if (i32.eqz (i32.and (global.get $image_flags) (i32.const 16)))
    (then (return_call $put_to_sleep (local.get $process))))
  (local.set $priority (call $process_priority (local.get $process)))
  (call $note_ready (local.get $priority))
  (return_call $add_first (local.get $process) (call $run_list (local.get $priority))))

(func $note_ready (param $priority i32)
  (if (i32.gt_s (local.get $priority) (global.get $highest_ready))
    (then (global.set $highest_ready (local.get $priority)))))

;; Takes the first of the runnable processes with the highest priority out of its list; nil when there is none.
(func $wake_highest (result eqref)
  (return_call $wake_highest_of (call $run_lists)))

(func $wake_highest_of (param $lists (ref $Slots)) (result eqref)
  (local $index i32) (local $list eqref)
  (local.set $index (array.len (local.get $lists)))
  (if (i32.gt_s (local.get $index) (global.get $highest_ready)) (then (local.set $index (global.get $highest_ready))))
  (loop $next
    (global.set $highest_ready (local.get $index))
    (if (i32.le_s (local.get $index) (i32.const 0)) (then (return (ref.null eq))))
    (local.set $index (i32.sub (local.get $index) (i32.const 1)))
    (local.set $list (array.get $Slots (local.get $lists) (local.get $index)))
    (br_if $next (ref.is_null (local.get $list)))
    (block $full
      (block $odd (result eqref)
        (br_if $next (ref.is_null (struct.get $Fixed2 $slot0
          (br_on_cast_fail $odd eqref (ref $Fixed2) (local.get $list)))))
        (br $full))
      (br_if $next (call $is_empty_list))))
  (return_call $remove_first (local.get $list)))

;; One more signal than processes that wait.
(func $add_excess_signal (param $semaphore eqref)
  (call $set_field_2 (local.get $semaphore)
    (ref.i31 (i32.add (i32.const 1) (call $small_or (call $field_2 (local.get $semaphore)) (i32.const 0))))))

(func $is_resumable (param $process eqref) (result i32)
  (ref.test (ref $Context) (call $field_1 (local.get $process))))
